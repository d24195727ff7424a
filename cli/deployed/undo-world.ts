import { assumeRole } from '#aws/assume-role.ts';
import type { Clients } from '#aws/clients/clients.ts';
import { assumedSessions, undoClients } from '#aws/sessions.ts';
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
 * Undoes in this process, without the deployed functions: as the role of the janitor, which undo roles trust. So it can do no more than
 * the janitor, in the master's own account too.
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
  const arn = roleArn(partitionOf(master.region), master.account, janitorRoleName);
  const credentials = await assumeRole(
    { RoleArn: arn, RoleSessionName: 'chaos-undo', DurationSeconds: 3600 },
    undoClients(clients, master.region),
  ).catch((error: unknown) => {
    const { message } = awsErrorMessage(error, `assume the role of the janitor, which may undo: ${arn}`);
    const byHand = `What undoes each fault by hand: ./chaos strikes --active${flags}`;
    throw new CliError(`${message}\n  ${byHand}`, exitCodes.failed, error);
  });
  const asJanitor: Clients = Object.assign(
    ((service, scope) => clients(service, { credentials, ...scope })) as Clients,
    { skew: clients.skew },
  );
  const sessions = assumedSessions(asJanitor, master.region, { ofCaller: true });
  return {
    faults,
    clock,
    skew: clients.skew,
    ledger,
    undoer: awsUndoer({ clients, sessions, faults, clock }),
  };
}
