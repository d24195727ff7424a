import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { TargetAccount } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { PolicyDocument } from '#core/permissions/policy-document.ts';
import type { Clients } from './clients/clients.ts';

/** Credentials in a target account; undefined for the process's own. */
export type Session = AwsCredentialIdentity | undefined;

/**
 * Two kinds of session in a target account: a read-only one, and one for strikes. Both throw the errors of STS.
 */
export interface Sessions {
  /** A read-only session, cached by account and run id; the first policy and the first deadline count. */
  look(account: TargetAccount, policy: PolicyDocument, run: RunContext): Promise<Session>;
  /** A session limited to `policy`, whatever else the role may do. */
  strike(account: TargetAccount, policy: PolicyDocument, run: RunContext): Promise<Session>;
  /** A session limited to `policy` with the role that an undo entry names. */
  undo(role: UndoRole, policy: PolicyDocument, run: RunContext): Promise<Session>;
}

export interface UndoRole extends Pick<TargetAccount, 'externalId'> {
  readonly account: string;
  readonly arn: string;
}

/** The shortest duration that STS allows. Runs are shorter. */
const durationSeconds = 900;

/** Runs whose sessions are kept. A function makes one run at a time; a server may make some at once. */
const runsKept = 8;

/** Sessions of the target roles. Session name and source identity are the run id, so that CloudTrail leads back to the run. */
export function assumedSessions(clients: Clients, masterRegion: string): Sessions {
  // A survey may assume a thousand roles, so they share one client. By id, as each round is a copy of its run with a deadline of its own.
  const statesByRun = new Map<string, { sts: STSClient; looks: Map<string, Promise<Session>> }>();
  const getState = ({ runId, deadline }: RunContext) => {
    const known = statesByRun.get(runId);
    if (known !== undefined) return known;
    const sts = clients(STSClient, { region: masterRegion, deadline });
    const state = { sts, looks: new Map<string, Promise<Session>>() };
    const [oldest] = statesByRun.keys();
    if (oldest !== undefined && statesByRun.size >= runsKept) statesByRun.delete(oldest);
    statesByRun.set(runId, state);
    return state;
  };

  const assume = async (
    role: Pick<UndoRole, 'arn' | 'externalId'>,
    policy: PolicyDocument,
    run: RunContext,
  ) => {
    const { sts } = getState(run);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: role.arn,
        RoleSessionName: run.runId,
        SourceIdentity: run.runId,
        ExternalId: role.externalId,
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

  const targetRole = ({ id, roleName, externalId }: TargetAccount) => ({
    arn: roleArn(partitionOf(masterRegion), id, roleName),
    externalId,
  });

  return {
    look: (account, policy, run) => {
      const { looks } = getState(run);
      const session = looks.get(account.id) ?? assume(targetRole(account), policy, run);
      looks.set(account.id, session);
      return session;
    },
    strike: (account, policy, run) => assume(targetRole(account), policy, run),
    undo: assume,
  };
}

/**
 * For a run in the caller's own process: uses the caller's credentials directly in their own account, so that a leashed run needs no
 * deployment, and assumes roles elsewhere.
 */
export function ownSessions(ownAccount: string, elsewhere: Sessions): Sessions {
  return {
    look: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.look(account, policy, run),
    strike: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.strike(account, policy, run),
    undo: async (role, policy, run) =>
      role.account === ownAccount ? undefined : elsewhere.undo(role, policy, run),
  };
}
