import type { BudgetLimit } from './budget.ts';
import type { ChosenFault } from './fault.ts';
import type { Recovery } from './recovery.ts';
import type { Target } from './target.ts';

/** A target, what is to be done to it, and what that was decided on. */
export interface Order {
  readonly target: Target;
  readonly fault: ChosenFault;
  /** Value of the group's app tag. */
  readonly app: string | undefined;
  /** The group's healthy capacity. */
  readonly healthy: number;
  /** The version of the group's record. */
  readonly version: number;
}

export interface StrikeOutcome {
  /** `unknown`: AWS was asked, and whether it did it is not known. */
  readonly outcome: 'succeeded' | 'failed' | 'unknown';
  /** What changed, or what went wrong, in a few words. */
  readonly detail: string;
  /** Failed, and would fail again: AWS refused for what the instance is, or for what may be done to it. */
  readonly isRefusal?: boolean;
}

/** A strike is no longer, or not yet, in the state that was to be changed: somebody else was quicker. */
export class StrikeConflict extends Error {
  override readonly name = 'StrikeConflict';
}

export interface StrikeId {
  readonly slot: string;
  /** The group's key. */
  readonly group: string;
  readonly runId: string;
}

export interface Claim extends StrikeId, Order {
  /** The calendar day, in the schedule's zone. */
  readonly day: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Epoch ms by which the run that claims has surely ended, and a strike that has no outcome has none that will come. */
  readonly abandonedAfter: number;
  readonly budgets: readonly BudgetLimit[];
}

/** A claim and what became of it. */
export interface StrikeEntry extends Claim {
  /** `planned`: AWS has not been asked. `striking`: it may have been. */
  readonly state: 'planned' | 'striking' | StrikeOutcome['outcome'];
  readonly detail: string;
  /** Undefined while the strike is open; a failed one has none. */
  readonly recovery: Recovery | undefined;
}

export type ClaimOutcome =
  | { readonly status: 'claimed' }
  /** Somebody was here before: the strike that stands. */
  | { readonly status: 'taken'; readonly existing: StrikeEntry }
  /** The group's record is another than the decision was made on. */
  | { readonly status: 'changed' }
  | { readonly status: 'exhausted'; readonly budget: BudgetLimit };

/** Names a strike in maps and messages. */
export function strikeKey({ slot, group }: Pick<StrikeId, 'slot' | 'group'>): string {
  return `${group} in slot ${slot}`;
}
