import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Clients } from '#aws/clients/clients.ts';
import { assumedSessions, ownSessions } from '#aws/sessions.ts';
import { awsUndoer } from '#aws/undoer.ts';
import { type AccountId, partitionOf, type Region, roleArn } from '#core/model/aws-names.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { UndoWorld } from '#core/undo/undo-due.ts';
import { faults } from '#faults/registry.ts';
import { janitorRoleName } from '#target-role/names.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/**
 * Undoes in this process, without the deployed functions: as the role of the janitor, which undo roles trust. In the account of the
 * credentials they are used as they are, so that an owner can undo what was done to their account.
 */
export async function undoWorld(parts: {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly master: { readonly account: AccountId; readonly region: Region };
  /** Options that locate the deployment, for the command that is suggested. */
  readonly flags: string;
}): Promise<UndoWorld> {
  const { clients, clock, ledger, master, flags } = parts;
  const sts = clients(STSClient, { region: master.region });
  const arn = roleArn(partitionOf(master.region), master.account, janitorRoleName);
  const { Credentials } = await sts
    .send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'chaos-undo', DurationSeconds: 3600 }))
    .catch((error: unknown) => {
      const { message } = awsErrorMessage(error, `assume the role of the janitor, which may undo: ${arn}`);
      const byHand = `What undoes each fault by hand: ./chaos strikes --active${flags}`;
      throw new CliError(`${message}\n  ${byHand}`, exitCodes.failed, error);
    });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  const asJanitor: Clients = Object.assign(
    ((service, scope) => clients(service, { credentials, ...scope })) as Clients,
    { skew: clients.skew },
  );
  const sessions = ownSessions(master.account, assumedSessions(asJanitor, master.region));
  return { faults, clock, ledger, undoer: awsUndoer({ clients, sessions, faults, clock }) };
}
