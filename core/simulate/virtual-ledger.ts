import { budgetKey } from '../ledger/budgets.ts';
import { lastStrike, noGroupRecord } from '../ledger/strike-states.ts';
import type { Budget, BudgetLimit } from '../model/budget.ts';
import type { GroupRecord } from '../model/group-record.ts';
import type { Claim, StrikeEntry } from '../model/strike.ts';

/** How long a group takes to recover, and somebody to see it: two rounds of the verify schedule at most. */
const recoveryMs = 10 * 60_000;

/** As much of a ledger as a simulation of years can keep: what matters to the strikes to come. */
export interface VirtualLedger {
  record(group: string): GroupRecord;
  /** The strikes that are open now. Those whose groups have recovered by then are closed first. */
  openAt(now: number): readonly StrikeEntry[];
  /** The budget that is exhausted, and nothing is claimed; else undefined. */
  claim(claim: Claim): BudgetLimit | undefined;
  /** Puts a strike on record that was made before the simulated days. */
  remember(group: string, last: NonNullable<GroupRecord['last']>): void;
}

export function virtualLedger(): VirtualLedger {
  const groupRecords = new Map<string, GroupRecord>();
  const counters = { day: '', onDay: new Map<string, number>(), unverified: new Map<string, number>() };
  let open: StrikeEntry[] = [];

  const countersOf = ({ over }: Budget) => {
    if (over === 'unverified') return counters.unverified;
    // Strikes of a day that is over matter to nobody.
    if (over !== counters.day) Object.assign(counters, { day: over, onDay: new Map() });
    return counters.onDay;
  };
  const usageOf = (budget: Budget) => countersOf(budget).get(budgetKey(budget)) ?? 0;
  const count = (budget: Budget, by: 1 | -1) =>
    countersOf(budget).set(budgetKey(budget), usageOf(budget) + by);
  const record = (group: string) => groupRecords.get(group) ?? noGroupRecord;
  const remember: VirtualLedger['remember'] = (group, last) => {
    const before = record(group);
    groupRecords.set(group, { ...before, last, version: before.version + 1 });
  };

  return {
    record,
    remember,
    openAt: (now) => {
      const { recovered = [], left = [] } = Object.groupBy(open, ({ at }) =>
        Date.parse(at) + recoveryMs <= now ? 'recovered' : 'left',
      );
      for (const { budgets } of recovered) {
        for (const budget of budgets) if (budget.over === 'unverified') count(budget, -1);
      }
      open = left;
      return [...open];
    },
    claim: (claim) => {
      const spent = claim.budgets.find((budget) => usageOf(budget) >= budget.max);
      if (spent !== undefined) return spent;
      for (const budget of claim.budgets) count(budget, 1);
      remember(claim.group, lastStrike(claim));
      open.push({ ...claim, state: 'succeeded', detail: '', recovery: undefined });
      return undefined;
    },
  };
}
