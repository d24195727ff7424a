import { budgetKey, countIn } from '../ledger/budgets.ts';
import type { Budget } from '../model/budget.ts';
import type { StrikeId, StrikeOutcome } from '../model/strike.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Reach } from '../ports/reach.ts';
import type { NothingTouched, Striker } from '../ports/striker.ts';

/** The part of the ledger that strikes need. */
export interface StrikeLedger extends Pick<Ledger, 'groupRecords' | 'usage' | 'claim' | 'begin'> {
  settle(strike: StrikeId, outcome: StrikeOutcome | NothingTouched): Promise<void>;
}

const untouched: NothingTouched = { outcome: 'leashed', detail: 'leashed: nothing was touched' };

/** Injects nothing. */
export async function leashedInjection(): Promise<NothingTouched> {
  return untouched;
}

/** Nothing is in reach of a leashed run. */
const nowhere: Reach = {
  injector: () => {
    throw new Error(untouched.detail);
  },
  arm: async () => {},
  disarm: async () => {},
};

/** Opens sessions without a call, and strikes nothing. */
export const leashedStriker: Striker = {
  open: async (orders) => ({
    value: [{ orders, strike: async () => untouched, reach: () => nowhere }],
    failures: [],
  }),
};

/** A view of the ledger that counts claims in memory, on top of what real strikes have used, and writes nothing. */
export function leashedLedger(ledger: Pick<Ledger, 'groupRecords' | 'usage'>): StrikeLedger {
  const used = new Map<string, number>();
  const claimed = new Map<string, number>();
  const countOf = (counts: ReadonlyMap<string, number>, budget: Budget) => counts.get(budgetKey(budget)) ?? 0;
  return {
    groupRecords: (groups) => ledger.groupRecords(groups),
    usage: async (budgets) => {
      const { found, unreadable } = await ledger.usage(budgets);
      budgets.forEach((budget, index) => {
        used.set(budgetKey(budget), found[index] ?? 0);
      });
      const withClaims = (budget: Budget, count: number | undefined) =>
        count === undefined ? undefined : count + countOf(claimed, budget);
      return { found: budgets.map((budget, index) => withClaims(budget, found[index])), unreadable };
    },
    claim: async ({ budgets }) => {
      const exhausted = budgets.find(
        (budget) => countOf(used, budget) + countOf(claimed, budget) + countIn(budget) > budget.max,
      );
      if (exhausted !== undefined) return { status: 'exhausted', budget: exhausted };
      for (const one of budgets) claimed.set(budgetKey(one), countOf(claimed, one) + countIn(one));
      return { status: 'claimed' };
    },
    begin: async () => 'begun',
    settle: async () => {},
  };
}
