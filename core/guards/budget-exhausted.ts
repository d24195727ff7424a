import type { Config } from '../config/config.ts';
import { budgetText, exhaustedText, hasRoom, readApp } from '../ledger/budgets.ts';
import type { UsedBudget } from '../model/budget.ts';
import type { Group } from '../model/group.ts';
import type { GuardOn } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';
import { notChecked } from './shared/unchecked.ts';

/**
 * A budget that the strike would count toward is exhausted. The claim checks again, exactly; this guard saves the calls for
 * inspecting the group, all day long if it is a daily budget.
 */
export const budgetExhausted: GuardOn<'ledger'> = {
  code: 'budget-exhausted',
  summary:
    'A [budget](configuration.md#budgets) that the strike would count toward is exhausted. The claim checks again, and a leashed run counts what it would have struck.',
  needs: 'ledger',
  check: ({ group, budgets }, { config }) =>
    ifAvailable(budgets, (all) => {
      if (!isOfItsApp(all, group, config)) {
        return {
          passes: false,
          saw: `${notChecked}: its tag ${config.tags.app} has changed since the survey`,
        };
      }
      const spent = all.filter((budget) => !hasRoom(budget));
      if (spent.length > 0) return { passes: false, saw: exhaustedText(spent) };
      const room = all.map((budget) => `${budget.used} of ${budgetText(budget)}`);
      return { passes: true, saw: room.length === 0 ? 'none is configured' : room.join('; ') };
    }),
};

/** Budgets were read for the app in the survey, and the tag may have changed since. */
function isOfItsApp(all: readonly UsedBudget[], group: Group, config: Config): boolean {
  const app = readApp(group, config);
  const read = new Set(all.flatMap(({ scope, of }) => (scope === 'app' ? [of] : [])));
  // Every app has a budget of unverified strikes, if only by default.
  return app === undefined ? read.size === 0 : read.has(app);
}
