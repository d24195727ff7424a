import * as z from 'zod';
import type { Lookup } from '../util/lookup.ts';
import { optionalInJson } from '../util/optional.ts';
import type { Parsed } from '../util/parse.ts';
import type { UsedBudget } from './budget.ts';

export const LastStrike = z.object({
  slot: z.string(),
  /** The calendar day, in the schedule's zone: `2026-11-23`. */
  day: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type LastStrike = Parsed<typeof LastStrike>;

/** Spares a group until somebody lifts it. `by` is `chaos_monkey` if the group did not recover from a strike. */
export const GroupLeash = z.object({
  reason: z.string(),
  by: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type GroupLeash = Parsed<typeof GroupLeash>;

/** Spares a group for a limited time. */
export const Veto = GroupLeash.extend({
  /** ISO 8601, UTC, exclusive. */
  until: z.string(),
});
export type Veto = Parsed<typeof Veto>;

const Refusal = z.object({
  targetId: z.string(),
  /** AWS's error. */
  detail: z.string(),
});
export type Refusal = Parsed<typeof Refusal>;

/** The strikes on a group that AWS refused, on the latest day on which it refused any. */
export const Refusals = z.object({
  /** The calendar day, in the schedule's zone: `2026-11-23`. */
  day: z.string(),
  /** Oldest first. */
  of: z.array(Refusal),
});
export type Refusals = Parsed<typeof Refusals>;

/** A group's record in the ledger. */
export const GroupRecord = z.object({
  /** Increases with every change; 0 if there is no record. */
  version: z.int(),
  /** The last strike that did not fail. */
  last: optionalInJson(LastStrike),
  veto: optionalInJson(Veto),
  leash: optionalInJson(GroupLeash),
  refusals: Refusals.exactOptional(),
});
export type GroupRecord = Parsed<typeof GroupRecord>;

/** What the ledger knows about a group. */
export interface LedgerState {
  readonly record: Lookup<GroupRecord>;
  /** The budgets that a strike on it would count toward. */
  readonly budgets: Lookup<readonly UsedBudget[]>;
}
