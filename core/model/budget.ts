import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

export const BudgetScope = z.enum(['organization', 'account', 'region', 'app', 'group']);
export type BudgetScope = Parsed<typeof BudgetScope>;

/** Something that strikes are counted by, and how much there is of it. */
export const BudgetLimit = z.object({
  scope: BudgetScope,
  /** The account's id, the region, the app, the group's key; empty for the organization. */
  of: z.string(),
  /** The day of which strikes are counted, `2026-11-23`; or `unverified`: those that are open now. */
  over: z.string(),
  max: z.int(),
});
export type BudgetLimit = Parsed<typeof BudgetLimit>;

export type Budget = Omit<BudgetLimit, 'max'>;

/** How much of it is used. */
export interface UsedBudget extends BudgetLimit {
  readonly used: number;
}
