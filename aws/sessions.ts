import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { TargetAccount } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { PolicyDocument } from '#core/permissions/policy-document.ts';
import { assumeRole, type StsClients, secondStsRegion } from './assume-role.ts';
import type { Clients } from './clients/clients.ts';

/** Credentials in a target account; undefined for the process's own. */
export type Session = AwsCredentialIdentity | undefined;

/** Opens sessions in target accounts. Throws the errors of STS. */
export interface Sessions {
  /** Cached by account and run id, for as long as they surely last: the first policy applies. */
  openReadOnly(account: TargetAccount, policy: PolicyDocument<unknown>, run: RunContext): Promise<Session>;
  /** Limited to `policy`, whatever else the role allows. */
  openForStrikes(account: TargetAccount, policy: PolicyDocument, run: RunContext): Promise<Session>;
  /** Limited in the same way, with the role that an undo entry names. */
  openForUndo(role: UndoRole, policy: PolicyDocument, run: RunContext): Promise<Session>;
}

export interface UndoRole extends Pick<TargetAccount, 'externalId'> {
  readonly account: string;
  readonly arn: string;
}

/** The shortest duration that STS allows. Runs are shorter; an experiment is not. */
const durationSeconds = 900;

/** A session also serves deadlines so much later than that which it was opened for: the steps of an experiment have a minute each. */
const servesMs = 5 * 60_000;

/** No retry starts later: a round of the janitor must have time for a second region. */
const patienceMs = 5_000;

/** The number of runs whose sessions are cached. A function makes one run at a time; a server may make several. */
const runsKept = 8;

interface RunState {
  /** Of the run, as it was when the clients were made: they start no retry later. */
  readonly deadline: number;
  readonly sts: STSClient;
  /** Those that undo, once anything is undone. */
  undo?: StsClients;
  readonly readOnly: Map<string, { readonly openedFor: number; readonly session: Promise<Session> }>;
}

/**
 * Sessions of the target roles. Session name and source identity are the run id, so that CloudTrail leads back to the run.
 * `ofCaller`: the source identity stays the caller's, if there is one. STS refuses to replace it.
 */
export function assumedSessions(
  clients: Clients,
  masterRegion: string,
  { ofCaller = false }: { readonly ofCaller?: boolean } = {},
): Sessions {
  // A survey may assume a thousand roles, so they share one client. Keyed by run id, as each round has its own copy of the run context.
  const statesByRun = new Map<string, RunState>();
  const getState = ({ runId, deadline }: RunContext) => {
    const known = statesByRun.get(runId);
    // Rounds of a run end before it does; an experiment goes on, and each of its steps has a deadline of its own.
    if (known !== undefined && deadline <= known.deadline) return known;
    const sts = clients(STSClient, { region: masterRegion, deadline });
    const state: RunState = { deadline, sts, readOnly: known?.readOnly ?? new Map() };
    const [oldest] = statesByRun.keys();
    if (known === undefined && oldest !== undefined && statesByRun.size >= runsKept)
      statesByRun.delete(oldest);
    statesByRun.set(runId, state);
    return state;
  };

  const assume = (
    role: Pick<UndoRole, 'arn' | 'externalId'>,
    policy: PolicyDocument<unknown>,
    run: RunContext,
    sts: StsClients = [getState(run).sts],
  ) =>
    assumeRole(
      {
        RoleArn: role.arn,
        RoleSessionName: run.runId,
        ...(!ofCaller && { SourceIdentity: run.runId }),
        ExternalId: role.externalId,
        Policy: JSON.stringify(policy),
        DurationSeconds: durationSeconds,
      },
      sts,
    );

  const targetRole = ({ id, roleName, externalId }: TargetAccount) => ({
    arn: roleArn(partitionOf(masterRegion), id, roleName),
    externalId,
  });

  return {
    openReadOnly: (account, policy, run) => {
      const { readOnly } = getState(run);
      const known = readOnly.get(account.id);
      if (known !== undefined && run.deadline <= known.openedFor + servesMs) return known.session;
      const session = assume(targetRole(account), policy, run);
      readOnly.set(account.id, { openedFor: run.deadline, session });
      return session;
    },
    openForStrikes: (account, policy, run) => assume(targetRole(account), policy, run),
    openForUndo: (role, policy, run) => {
      const state = getState(run);
      state.undo ??= undoClients(clients, masterRegion, run);
      return assume(role, policy, run, state.undo);
    },
  };
}

/** Whatever becomes of the master's region, faults elsewhere must end: STS is asked in a second one if the first does not answer. */
export function undoClients(
  clients: Clients,
  masterRegion: string,
  { deadline }: { readonly deadline?: number } = {},
): StsClients {
  const second = secondStsRegion(masterRegion);
  const sts = (region: string) =>
    clients(STSClient, { region, patienceMs, ...(deadline !== undefined && { deadline }) });
  return [sts(masterRegion), ...(second === undefined ? [] : [sts(second)])];
}

/**
 * For a run in the caller's own process: uses the caller's credentials directly in their own account, so that a leashed run needs no
 * deployment, and assumes roles elsewhere; for undoing, everywhere.
 */
export function ownSessions(ownAccount: string, elsewhere: Sessions): Sessions {
  return {
    openReadOnly: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.openReadOnly(account, policy, run),
    openForStrikes: async (account, policy, run) =>
      account.id === ownAccount ? undefined : elsewhere.openForStrikes(account, policy, run),
    openForUndo: elsewhere.openForUndo,
  };
}
