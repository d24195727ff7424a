import type { Recovery } from '../model/recovery.ts';
import type { Target } from '../model/target.ts';
import type { GateVerdict } from './run-report.ts';

/** All that stands for and against a strike of one group, now. */
export interface Explanation {
  readonly schemaVersion: 1;
  /** The group's key. */
  readonly group: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The calendar day, in the schedule's zone. */
  readonly day: string;
  /** The schedule's, in which people are told times. */
  readonly timeZone: string;
  readonly gates: readonly GateVerdict[];
  /** By the configuration: whatever is decided, nothing is touched. */
  readonly leashed: boolean;
  /** `1/6 in each slot`, `every 5 work days on average, at least 2 apart`; or why there is none. */
  readonly rate: string;
  /** Today's draws: one of the day, or one of each slot. */
  readonly draws: readonly ExplainedDraw[];
  /**
   * In the order in which their reasons are named. A target's are named with it. What spares a group beside its guards is
   * there where it refuses: `gone`, `bad-tag`, `probability-zero`, `already-claimed`, `fault-unfit`,
   * `strike-refused`.
   */
  readonly guards: readonly ExplainedGuard[];
  readonly budgets: readonly { readonly text: string; readonly used: number; readonly max: number }[];
  /** Newest first. */
  readonly strikes: readonly ExplainedStrike[];
  /** What could not be found out about it. */
  readonly failures: readonly string[];
  /** What else could not be looked at when it was searched for: another group of that name may be there. */
  readonly elsewhere: readonly string[];
}
export interface ExplainedDraw {
  /** The slot that strikes if it was drawn, ISO 8601, UTC. Undefined where there is no such slot. */
  readonly slot: string | undefined;
  readonly strikes: boolean;
  readonly text: string;
}
export interface ExplainedGuard {
  readonly code: string;
  readonly targetId?: string;
  readonly passes: boolean;
  readonly saw: string;
}
export interface ExplainedStrike {
  readonly at: string;
  readonly runId: string;
  readonly target: Target;
  readonly fault: string;
  readonly state: string;
  readonly detail: string;
  readonly recovery?: Recovery;
}
