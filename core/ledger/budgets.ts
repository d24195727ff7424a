import type { Config } from '../config/config.ts';
import type { Budget, BudgetLimit, BudgetScope, UsedBudget } from '../model/budget.ts';
import type { Group } from '../model/group.ts';
import type { OtherHit } from '../model/strike.ts';
import type { Target } from '../model/target.ts';

/** The app that a group belongs to, by its tag. An empty value names no app. */
export function readApp({ tags }: Pick<Group, 'tags'>, config: Pick<Config, 'tags'>): string | undefined {
  return tags[config.tags.app] || undefined;
}

/**
 * The configured budgets that a strike would count toward, widest first, and with each of the others that it hits once more: but for
 * an app, which is hit once, by however many of its parts. `day` is the calendar day on which it counts. `own`: of the experiment that
 * strikes.
 */
export function listBudgets(
  target: Pick<Target, 'account' | 'region' | 'group'>,
  app: string | undefined,
  day: string,
  config: Pick<Config, 'budgets'>,
  others: readonly Omit<OtherHit, 'version'>[] = [],
  own?: OwnCount,
): readonly BudgetLimit[] {
  const counted = new Map<string, BudgetLimit>();
  for (const budget of [{ ...target, app }, ...others].flatMap((hit) => budgetsOf(hit, day, config, own))) {
    const key = budgetKey(budget);
    const known = counted.get(key);
    if (known === undefined) counted.set(key, budget);
    else {
      const counts = [countIn(known), countIn(budget)] as const;
      const count = known.scope === 'app' ? Math.max(...counts) : counts[0] + counts[1];
      if (count !== countIn(known)) counted.set(key, { ...known, count });
    }
  }
  return [...counted.values()];
}

/** What the open strikes of an experiment mean for its next. */
export interface OwnCount {
  /** Whether a fault of it may be in effect on a group: another one widens nothing. */
  holds(group: string): boolean;
  /** How many of a budget's strikes are over: undone, on groups that nothing of it is in effect on any more. */
  over(budget: Budget): number;
}

/** How much of a budget a strike takes. */
export function countIn({ count = 1 }: Pick<BudgetLimit, 'count'>): number {
  return count;
}

export function hasRoom(budget: UsedBudget): boolean {
  return budget.used + countIn(budget) <= budget.max;
}

function budgetsOf(
  { account, region, group, app }: Omit<OtherHit, 'version'>,
  day: string,
  { budgets }: Pick<Config, 'budgets'>,
  own: OwnCount | undefined,
): readonly BudgetLimit[] {
  const names: Record<BudgetScope, string | undefined> = { organization: '', account, region, app, group };
  const scopes = Object.keys(names) as BudgetScope[];
  return [
    { limits: budgets.perDay, over: day },
    { limits: budgets.unverified, over: 'unverified' },
  ].flatMap(({ limits, over }) =>
    scopes.flatMap((scope) => {
      const [of, max] = [names[scope], limits[scope]];
      if (of === undefined || max === undefined) return [];
      const budget = { scope, of, over, max };
      if (own === undefined || over !== 'unverified') return [budget];
      return [{ ...budget, max: max + own.over(budget), ...(own.holds(group) && { count: 0 }) }];
    }),
  );
}

/** Equal for two budgets that count the same strikes. */
export function budgetKey({ scope, of, over }: Budget): string {
  return `${scope}/${over}/${of}`;
}

/** Why a strike that would exceed these is not made. */
export function exhaustedText(spent: readonly BudgetLimit[]): string {
  return `budget exhausted: at most ${spent.map(budgetText).join('; ')}`;
}

/** `2 unverified strikes at a time for app shop`, `5 strikes on 2026-11-23 for the organization`. */
export function budgetText({ scope, of, over, max, count }: BudgetLimit): string {
  const what = scope === 'organization' ? 'the organization' : `${scope} ${of}`;
  const strikes = max === 1 ? 'strike' : 'strikes';
  const counted = over === 'unverified' ? `unverified ${strikes} at a time` : `${strikes} on ${over}`;
  const asMany = count === undefined ? '' : `, and this one counts ${count} times`;
  return `${max} ${counted} for ${what}${asMany}`;
}
