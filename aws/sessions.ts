import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { TargetAccount } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { PolicyDocument } from '#core/permissions/policies.ts';
import type { Clients } from './clients/clients.ts';

/** Credentials in a target account; undefined stands for the process's own. */
export type Session = AwsCredentialIdentity | undefined;

/**
 * Two kinds of session in a target account: one that can only look, and one for strikes. Both throw what STS answers.
 */
export interface Sessions {
  /** One for each account and run, however often it is asked for; the first policy counts. */
  look(account: TargetAccount, policy: PolicyDocument, run: RunContext): Promise<Session>;
  /** As narrow as `policy`, whatever else the role may do. */
  strike(account: TargetAccount, policy: PolicyDocument, run: RunContext): Promise<Session>;
}

/** The shortest that STS gives. A run ends within it. */
const durationSeconds = 900;

/** Sessions of the target roles. Their name and their source identity are the run id, so that CloudTrail leads back to the run. */
export function assumedSessions(clients: Clients, masterRegion: string): Sessions {
  // A sweep assumes a thousand roles: one client serves them all.
  const ofRun = new WeakMap<RunContext, { sts: STSClient; looks: Map<string, Promise<Session>> }>();
  const stateOf = (run: RunContext) => {
    const known = ofRun.get(run);
    if (known !== undefined) return known;
    const sts = clients(STSClient, { region: masterRegion, deadline: run.deadline });
    const state = { sts, looks: new Map<string, Promise<Session>>() };
    ofRun.set(run, state);
    return state;
  };

  const assume = async (account: TargetAccount, policy: PolicyDocument, run: RunContext) => {
    const { sts } = stateOf(run);
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
    look: (account, policy, run) => {
      const { looks } = stateOf(run);
      const session = looks.get(account.id) ?? assume(account, policy, run);
      looks.set(account.id, session);
      return session;
    },
    strike: assume,
  };
}

/**
 * For a run in the caller's own process: in the caller's own account their credentials are used as they are, so that nothing
 * need be deployed to look around; elsewhere a role is assumed as ever.
 */
export function ownSessions(ownAccount: string, elsewhere: Sessions): Sessions {
  return {
    look: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.look(account, policy, run),
    strike: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.strike(account, policy, run),
  };
}
