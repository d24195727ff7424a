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

/** A group that is left alone until somebody lifts it. `by` is `chaos_monkey` where a group did not recover. */
export const GroupLeash = z.object({
  reason: z.string(),
  by: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type GroupLeash = Parsed<typeof GroupLeash>;

/** A person's word that a group is left alone for a time. */
export const Veto = GroupLeash.extend({
  /** ISO 8601, UTC: it holds before that moment. */
  until: z.string(),
});
export type Veto = Parsed<typeof Veto>;

const Refusal = z.object({
  targetId: z.string(),
  /** What AWS said. */
  detail: z.string(),
});
export type Refusal = Parsed<typeof Refusal>;

/** The strikes of a group that AWS refused on one day, the latest on which it did. */
export const Refusals = z.object({
  /** The calendar day, in the schedule's zone: `2026-11-23`. */
  day: z.string(),
  /** Oldest first. */
  of: z.array(Refusal),
});
export type Refusals = Parsed<typeof Refusals>;

/** What is on record about a group. */
export const GroupRecord = z.object({
  /** Grows with every change; 0 where nothing is on record. */
  version: z.int(),
  /** The last strike that did not fail. */
  last: optionalInJson(LastStrike),
  veto: optionalInJson(Veto),
  leash: optionalInJson(GroupLeash),
  refusals: Refusals.exactOptional(),
});
export type GroupRecord = Parsed<typeof GroupRecord>;

/** What the ledger has about a group. */
export interface LedgerState {
  readonly record: Lookup<GroupRecord>;
  /** The budgets that a strike of it would be counted by. */
  readonly budgets: Lookup<readonly UsedBudget[]>;
}
