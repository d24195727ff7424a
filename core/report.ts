import type { ChosenFault } from './fault.ts';

/** Why something was, or was not, done. The code is stable and counted; the text is for people. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

/**
 * Kebab-case. A guard's and a gate's code is its file's name; the others are in `decide.ts`, `choose-target.ts`, `look.ts` and
 * `strike.ts`. Open, so that a new guard needs no change here.
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
  /** What the draw was made with: of the slot, or of the day where the rate is in days. Absent where it did not come to one. */
  readonly probability?: number;
  /** The number drawn in [0, 1): a strike if below `probability`. */
  readonly drawn?: number;
  /** The moment that was drawn, ISO 8601, UTC, where the rate is in days. */
  readonly due?: string;
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
  /** `leashed`: it would have been struck; nothing was touched. `unknown`: AWS was asked and did not say; a later run looks. */
  readonly outcome: 'succeeded' | 'failed' | 'unknown' | 'leashed';
  /** What changed, or what went wrong. */
  readonly detail: string;
}

/** How a strike ended for its group. */
export interface Recovery {
  /** `gone`: the group is no more. */
  readonly outcome: 'recovered' | 'not-recovered' | 'gone';
  /** ISO 8601, UTC: when it was seen. */
  readonly at: string;
  /** From the strike until the group was back; at most that long where `exact` is false. Only where it recovered. */
  readonly tookMs?: number;
  readonly exact?: boolean;
  /** What was seen, in a few words. */
  readonly text: string;
}

/** A strike of an earlier run, and how its group got over it. */
export interface Recovered {
  /** The group's key. */
  readonly group: string;
  readonly instanceId: string;
  /** The run that struck, and its slot. */
  readonly runId: string;
  readonly slot: string;
  /** ISO 8601, UTC. */
  readonly struckAt: string;
  readonly recovery: Recovery;
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
export type FailureStage =
  | 'control'
  | 'assume-role'
  | 'survey'
  | 'inspect'
  | 'claim'
  | 'verify'
  | 'record'
  | 'announce';

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
  /** `verify`: looked after earlier strikes, and decided nothing. */
  readonly task: 'run' | 'verify';
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
  /** For some of them, the group that was seen and probably meant. Absent where there is none. */
  readonly didYouMean?: Readonly<Record<string, string>>;
  readonly strikes: readonly Strike[];
  /** Earlier strikes whose groups were seen to have recovered, or not to. */
  readonly recoveries: readonly Recovered[];
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
  /** Asked of AWS, and not known whether done. */
  readonly unknown: number;
  readonly leashed: number;
  readonly recovered: number;
  /** Groups that did not recover in time, and are leashed now. */
  readonly notRecovered: number;
  readonly failures: number;
  /** Groups spared, by reason code. */
  readonly spared: Readonly<Record<ReasonCode, number>>;
}

export interface Omitted {
  readonly decisions: number;
  readonly strikes: number;
  readonly recoveries: number;
  readonly failures: number;
  readonly text: string;
}
