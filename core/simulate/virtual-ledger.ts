import { budgetKey } from '../ledger/budgets.ts';
import { lastStrike, noGroupRecord } from '../ledger/strike-states.ts';
import type { Budget, BudgetLimit } from '../model/budget.ts';
import type { GroupRecord } from '../model/group-record.ts';
import type { Claim, StrikeEntry } from '../model/strike.ts';

/** How long a group takes to recover and to be verified: at most two intervals of the verify schedule. */
const recoveryMs = 10 * 60_000;

/** A minimal ledger for simulations of years: only what matters for future strikes. */
export interface VirtualLedger {
  record(group: string): GroupRecord;
  /** The strikes that are open now. Strikes whose groups have recovered are closed first. */
  openAt(now: number): readonly StrikeEntry[];
  /** Returns an exhausted budget, without claiming anything; undefined if the claim succeeds. */
  claim(claim: Claim): BudgetLimit | undefined;
  /** Records a strike from before the simulated days. */
  remember(group: string, last: NonNullable<GroupRecord['last']>): void;
}

export function virtualLedger(): VirtualLedger {
  const groupRecords = new Map<string, GroupRecord>();
  const counters = { day: '', onDay: new Map<string, number>(), unverified: new Map<string, number>() };
  let open: StrikeEntry[] = [];

  const selectCounters = ({ over }: Budget) => {
    if (over === 'unverified') return counters.unverified;
    // Strikes of past days no longer matter.
    if (over !== counters.day) Object.assign(counters, { day: over, onDay: new Map() });
    return counters.onDay;
  };
  const countUsed = (budget: Budget) => selectCounters(budget).get(budgetKey(budget)) ?? 0;
  const count = (budget: Budget, by: 1 | -1) =>
    selectCounters(budget).set(budgetKey(budget), countUsed(budget) + by);
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
      const spent = claim.budgets.find((budget) => countUsed(budget) >= budget.max);
      if (spent !== undefined) return spent;
      for (const budget of claim.budgets) count(budget, 1);
      remember(claim.group, lastStrike(claim));
      open.push({ ...claim, state: 'succeeded', detail: '', recovery: undefined });
      return undefined;
    },
  };
}
