import type { Lookup } from '../util/lookup.ts';
import type { UsedBudget } from './budget.ts';

/** What is on record about a group. */
export interface GroupRecord {
  /** Grows with every change; 0 where nothing is on record. */
  readonly version: number;
  /** The last strike that did not fail. */
  readonly last: LastStrike | undefined;
  readonly veto: Veto | undefined;
  readonly leash: GroupLeash | undefined;
  readonly refusals?: Refusals;
}

/** The strikes of a group that AWS refused on one day, the latest on which it did. */
export interface Refusals {
  /** The calendar day, in the schedule's zone: `2026-11-23`. */
  readonly day: string;
  /** Oldest first. */
  readonly of: readonly Refusal[];
}

export interface Refusal {
  readonly targetId: string;
  /** What AWS said. */
  readonly detail: string;
}

export interface LastStrike {
  readonly slot: string;
  /** The calendar day, in the schedule's zone: `2026-11-23`. */
  readonly day: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A person's word that a group is left alone for a time. */
export interface Veto {
  readonly reason: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** ISO 8601, UTC: it holds before that moment. */
  readonly until: string;
}

/** A group that is left alone until somebody lifts it. `by` is `chaos_monkey` where a group did not recover. */
export interface GroupLeash {
  readonly reason: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What the ledger has about a group. */
export interface LedgerState {
  readonly record: Lookup<GroupRecord>;
  /** The budgets that a strike of it would be counted by. */
  readonly budgets: Lookup<readonly UsedBudget[]>;
}
