import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

export const BudgetScope = z.enum(['organization', 'account', 'region', 'app', 'group']);
export type BudgetScope = Parsed<typeof BudgetScope>;

/** What strikes are counted by, and their maximum. */
export const BudgetLimit = z.object({
  scope: BudgetScope,
  /** An account id, a region, an app or a group's key, depending on `scope`; empty for the organization. */
  of: z.string(),
  /** The day whose strikes are counted, `2026-11-23`; or `unverified`, the strikes that are open now. */
  over: z.string(),
  max: z.int(),
  /** How many of the groups that the strike hits count toward it. Left out: one. None, where the experiment that it is of has them already. */
  count: z.int().nonnegative().exactOptional(),
});
export type BudgetLimit = Parsed<typeof BudgetLimit>;

export type Budget = Pick<BudgetLimit, 'scope' | 'of' | 'over'>;

/** A budget, and how much of it is used. */
export interface UsedBudget extends BudgetLimit {
  readonly used: number;
}
