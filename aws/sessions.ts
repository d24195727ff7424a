import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { TargetAccount } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { PolicyDocument } from '#core/permissions/policies.ts';
import type { Clients } from './clients/clients.ts';

/** Credentials in a target account; undefined for the process's own. */
export type Session = AwsCredentialIdentity | undefined;

/** Opens sessions in target accounts. Throws the errors of STS. */
export interface Sessions {
  /** Cached by account and run id: the first policy and deadline apply. */
  openReadOnly(account: TargetAccount, policy: PolicyDocument, run: RunContext): Promise<Session>;
  /** Limited to `policy`, whatever else the role allows. */
  openForStrikes(account: TargetAccount, policy: PolicyDocument, run: RunContext): Promise<Session>;
}

/** The shortest duration that STS allows. Runs are shorter. */
const durationSeconds = 900;

/** The number of runs whose sessions are cached. A function makes one run at a time; a server may make several. */
const runsKept = 8;

/** Sessions of the target roles. Session name and source identity are the run id, so that CloudTrail leads back to the run. */
export function assumedSessions(clients: Clients, masterRegion: string): Sessions {
  // A survey may assume a thousand roles, so they share one client. Keyed by run id, as each round has its own copy of the run context.
  const statesByRun = new Map<string, { sts: STSClient; readOnly: Map<string, Promise<Session>> }>();
  const getState = ({ runId, deadline }: RunContext) => {
    const known = statesByRun.get(runId);
    if (known !== undefined) return known;
    const sts = clients(STSClient, { region: masterRegion, deadline });
    const state = { sts, readOnly: new Map<string, Promise<Session>>() };
    const [oldest] = statesByRun.keys();
    if (oldest !== undefined && statesByRun.size >= runsKept) statesByRun.delete(oldest);
    statesByRun.set(runId, state);
    return state;
  };

  const assume = async (account: TargetAccount, policy: PolicyDocument, run: RunContext) => {
    const { sts } = getState(run);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn(partitionOf(masterRegion), account.id, account.roleName),
        RoleSessionName: run.runId,
        SourceIdentity: run.runId,
        ExternalId: account.externalId,
        Policy: JSON.stringify(policy),
        DurationSeconds: durationSeconds,
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
      throw new Error('STS answered without credentials');
    }
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  };

  return {
    openReadOnly: (account, policy, run) => {
      const { readOnly } = getState(run);
      const session = readOnly.get(account.id) ?? assume(account, policy, run);
      readOnly.set(account.id, session);
      return session;
    },
    openForStrikes: assume,
  };
}

/**
 * For a run in the caller's own process: uses the caller's credentials directly in their own account, so that a leashed run needs no
 * deployment, and assumes roles elsewhere.
 */
export function ownSessions(ownAccount: string, elsewhere: Sessions): Sessions {
  return {
    openReadOnly: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.openReadOnly(account, policy, run),
    openForStrikes: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.openForStrikes(account, policy, run),
  };
}
