import { isOwn } from '../model/experiment-slot.ts';
import type { StrikeEntry } from '../model/strike.ts';
import { budgetKey, countIn, type OwnCount } from './budgets.ts';

/** To be asked before its next strike. All others keep counting these as any strike. */
export interface OwnStrikes extends OwnCount {
  /** The strikes that count before another one on this group. */
  counting(group: string): readonly StrikeEntry[];
}

/**
 * An experiment counts each group once toward the budgets of unverified strikes, as long as a fault of it is in effect there. It measures
 * what users see all the time: what it has undone need not be verified before its next step.
 */
export function ownStrikes(open: readonly StrikeEntry[], ownSlots: string | undefined): OwnStrikes {
  const own = open.filter((strike) => isOwn(strike, ownSlots));
  const inEffect = own.filter(({ undoneAt }) => undoneAt === undefined);
  const held = new Set(inEffect.flatMap(groupsHit));
  return {
    holds: (group) => held.has(group),
    counting: (group) => {
      const others = open.filter((strike) => !isOwn(strike, ownSlots));
      if (held.has(group)) return others;
      return [...others, ...new Map(inEffect.map((strike) => [strike.group, strike])).values()];
    },
    over: (budget) => {
      const key = budgetKey(budget);
      const counts = own.flatMap(({ group, budgets }) =>
        budgets.filter((one) => budgetKey(one) === key).map((one) => ({ group, count: countIn(one) })),
      );
      const byGroup = Map.groupBy(counts, ({ group }) => group);
      const most = [...byGroup].flatMap(([group, ones]) =>
        held.has(group) ? [Math.max(...ones.map(({ count }) => count))] : [],
      );
      return sum(counts.map(({ count }) => count)) - sum(most);
    },
  };
}

/** The target's group, and the others that its fault hits. */
export function groupsHit({ group, others = [] }: Pick<StrikeEntry, 'group' | 'others'>): readonly string[] {
  return [group, ...others.map((one) => one.group)];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
