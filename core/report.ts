import type { ChosenFault } from './fault.ts';

/** Why something was, or was not, done. The code is stable and counted; the text is for people. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

/**
 * Kebab-case. A guard's and a gate's code is its file's name; the others are in `decide.ts` and `run.ts`.
 * Open, so that a new guard needs no change here.
 */
export type ReasonCode = string;

/** What was decided about one group, and why. */
export interface Decision {
  /** The group's key. */
  readonly group: string;
  readonly verdict: 'strike' | 'spare';
  readonly reason: Reason;
  /** What else stood against a strike, when more than one guard refused. */
  readonly also?: readonly Reason[];
  /** What the draw was made with; absent where it did not come to a draw. */
  readonly probability?: number;
  /** The number drawn in [0, 1): a strike if below `probability`. */
  readonly drawn?: number;
}

/** One fault on one target, and what came of it. */
export interface Strike {
  /** The group's key. */
  readonly group: string;
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
  readonly zone: string;
  readonly fault: ChosenFault;
  /** `leashed`: it would have been struck; nothing was touched. */
  readonly outcome: 'succeeded' | 'failed' | 'leashed';
  /** What changed, or what went wrong. */
  readonly detail: string;
}

/** Something that could not be done; all else went on. */
export interface Failure {
  readonly stage: FailureStage;
  /** The error's name in AWS's words, or ours: `AccessDenied`, `DeadlineReached`. */
  readonly code: string;
  readonly message: string;
  readonly account?: string;
  readonly region?: string;
  readonly group?: string;
}
export type FailureStage = 'control' | 'assume-role' | 'survey' | 'inspect' | 'claim' | 'record' | 'announce';

/** What a gate saw. */
export interface GateVerdict {
  /** The gate's name, and the reason code when it is closed. */
  readonly gate: string;
  readonly open: boolean;
  readonly text: string;
}

export interface Slot {
  /** What draws and claims hang on: the scheduled moment in UTC, or `adhoc/ID` for a run outside the schedule. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** By which door a run came in. */
export type Door = 'schedule' | 'invoke' | 'api' | 'cli';

export interface RunReport {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly door: Door;
  readonly slot: string;
  /** `leashed`: decided and reported, touched nothing. */
  readonly mode: 'live' | 'leashed';
  /** Why the run was leashed, and how to unleash it; absent in a live run. */
  readonly leashedBecause?: string;
  /** `closed`: a gate was closed, so nothing was surveyed. */
  readonly outcome: 'done' | 'closed';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly gates: readonly GateVerdict[];
  readonly counts: Counts;
  /** Groups that the request named and no survey saw: mistyped, or not opted in. */
  readonly groupsNotFound: readonly string[];
  readonly strikes: readonly Strike[];
  readonly failures: readonly Failure[];
  /** One for every opted-in group seen, struck or spared. */
  readonly decisions: readonly Decision[];
  /** What was left out to fit where the report went, and where the whole is. */
  readonly omitted?: Omitted;
}

export interface Counts {
  readonly accounts: number;
  /** Account-regions whose survey was complete. */
  readonly regionsSurveyed: number;
  readonly groups: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly leashed: number;
  readonly failures: number;
  /** Groups spared, by reason code. */
  readonly spared: Readonly<Record<ReasonCode, number>>;
}

export interface Omitted {
  readonly decisions: number;
  readonly strikes: number;
  readonly failures: number;
  readonly text: string;
}
