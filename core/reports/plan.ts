import type { Stop } from '../model/control.ts';
import type { Failure } from '../model/failure.ts';

/** Who will be struck and when, as far as it can be foreseen: from the same draws that the runs will make. */
export interface Plan {
  readonly schemaVersion: 1;
  /** ISO 8601, UTC: when the groups were looked at. */
  readonly madeAt: string;
  /** `leashed`: as the configuration stands nothing will be touched. */
  readonly mode: 'live' | 'leashed';
  /** The stop that stood then: while it does, nothing is struck. */
  readonly stop?: Stop;
  /** Calendar days in the schedule's zone, first and last. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly days: readonly PlannedDay[];
  /** What is certain to be spared, as everything stands, and is not among the strikes; the most groups first. */
  readonly leftOut: readonly LeftOut[];
  /** What could not be looked at, or not planned: groups there are not in the plan. */
  readonly failures: readonly Failure[];
  /** Failures that were left out to fit where the plan went. */
  readonly omittedFailures?: number;
}
/** What one guard is certain to spare: a veto that lasts beyond the slot, a leash, a probability of 0. */
export interface LeftOut {
  /** The reason code that runs give. */
  readonly code: string;
  readonly groups: number;
  /** How many strikes the draws had made of them; 0 where none is drawn at all. */
  readonly strikes: number;
  /** Keys of the first of these groups. */
  readonly examples: readonly string[];
}
export interface PlannedDay {
  /** `2026-11-23`. */
  readonly day: string;
  /** Why nothing is struck on this day: a holiday, a freeze; undefined on a work day. */
  readonly off: string | undefined;
  readonly strikes: readonly PlannedStrike[];
  /** Strikes that were left out to fit where the plan went, the last ones of the day. */
  readonly omitted?: number;
}
export interface PlannedStrike {
  /** The group's key. */
  readonly group: string;
  readonly fault: string;
  /** The slot that strikes, ISO 8601, UTC. */
  readonly slot: string;
  /** The moment that was drawn, where the rate is in days. */
  readonly due: string | undefined;
  /** The instance that would be struck if the group's members stay as they are; undefined if each is spared as it is. */
  readonly targetId: string | undefined;
  /** What else has to stay away: `only if it is not struck on 2026-11-23`. Empty: guards alone can spare it. */
  readonly dependsOn: readonly string[];
}
