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
 * an app, which is hit once, by however many of its parts. `day` is the calendar day on which it counts.
 */
export function listBudgets(
  target: Pick<Target, 'account' | 'region' | 'group'>,
  app: string | undefined,
  day: string,
  config: Pick<Config, 'budgets'>,
  others: readonly Omit<OtherHit, 'version'>[] = [],
): readonly BudgetLimit[] {
  const counted = new Map<string, BudgetLimit>();
  for (const budget of [{ ...target, app }, ...others].flatMap((hit) => budgetsOf(hit, day, config))) {
    const key = budgetKey(budget);
    const known = counted.get(key);
    if (known === undefined) counted.set(key, budget);
    else if (known.scope !== 'app') counted.set(key, { ...known, count: countIn(known) + 1 });
  }
  return [...counted.values()];
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
): readonly BudgetLimit[] {
  const names: Record<BudgetScope, string | undefined> = { organization: '', account, region, app, group };
  const scopes = Object.keys(names) as BudgetScope[];
  return [
    { limits: budgets.perDay, over: day },
    { limits: budgets.unverified, over: 'unverified' },
  ].flatMap(({ limits, over }) =>
    scopes.flatMap((scope) => {
      const [of, max] = [names[scope], limits[scope]];
      return of === undefined || max === undefined ? [] : [{ scope, of, over, max }];
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
