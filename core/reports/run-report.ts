import type { Decision, ReasonCode } from '../model/decision.ts';
import type { Failure } from '../model/failure.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Recovered } from '../model/recovery.ts';
import type { Trigger } from '../model/slot.ts';
import type { Target } from '../model/target.ts';

/** One fault on one target, and what came of it. */
export interface Strike {
  /** The group's key. */
  readonly group: string;
  readonly target: Target;
  readonly fault: ChosenFault;
  /** `leashed`: it would have been struck; nothing was touched. `unknown`: AWS was asked and did not say; a later run looks. */
  readonly outcome: 'succeeded' | 'failed' | 'unknown' | 'leashed';
  /** What changed, or what went wrong. */
  readonly detail: string;
}

/** What a gate saw. */
export interface GateVerdict {
  /** The gate's name, and the reason code when it is closed. */
  readonly gate: string;
  readonly open: boolean;
  readonly text: string;
}

export interface RunReport {
  readonly schemaVersion: 1;
  /** `verify`: looked after earlier strikes, and decided nothing. */
  readonly task: 'run' | 'verify';
  readonly runId: string;
  readonly trigger: Trigger;
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
