import type { Target } from './target.ts';

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
  readonly target: Target;
  /** The run that struck, and its slot. */
  readonly runId: string;
  readonly slot: string;
  /** ISO 8601, UTC. */
  readonly struckAt: string;
  readonly recovery: Recovery;
}
