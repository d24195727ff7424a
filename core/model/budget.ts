export type BudgetScope = 'organization' | 'account' | 'region' | 'app' | 'group';

/** Something that strikes are counted by. */
export interface Budget {
  readonly scope: BudgetScope;
  /** The account's id, the region, the app, the group's key; empty for the organization. */
  readonly of: string;
  /** The day of which strikes are counted, `2026-11-23`; or those that are open now. */
  readonly over: string | 'unverified';
}

/** A budget and how much there is of it. */
export interface BudgetLimit extends Budget {
  readonly max: number;
}

/** How much of it is used. */
export interface UsedBudget extends BudgetLimit {
  readonly used: number;
}
