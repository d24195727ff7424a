import { budgetText, isListed } from '../budgets.ts';
import type { RecordGuard } from './guard.ts';
import { ifKnown } from './shared/if-known.ts';

/**
 * A budget that its strike would be counted by has no room. The claim counts again, and is exact; this spares the calls of
 * looking the group up, all day long where it is a day's budget.
 */
export const budgetSpent: RecordGuard = {
  code: 'budget-spent',
  check: ({ budgets }) =>
    ifKnown(budgets, (all) => {
      // Of the others `strike-unverified` names the strikes.
      const counted = all.filter((budget) => !isListed(budget));
      const spent = counted.filter(({ used, max }) => used >= max);
      if (spent.length > 0)
        return { passes: false, saw: `spent: at most ${spent.map(budgetText).join('; ')}` };
      const room = counted.map((budget) => `${budget.used} of ${budgetText(budget)}`);
      return { passes: true, saw: room.length === 0 ? 'none but those of strike-unverified' : room.join('; ') };
    }),
};
