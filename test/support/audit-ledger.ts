import { expect } from 'vitest';
import { isOpen, oldestFirst } from '#core/ledger/strike-states.ts';
import type { Budget, BudgetLimit } from '#core/model/budget.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';

/**
 * Everything that must be so at any moment when no call is under way: counters, pointers and records say what the strikes
 * say, and no budget is exceeded.
 */
export async function auditLedger(
  ledger: Ledger,
  groups: readonly string[],
  budgets: readonly BudgetLimit[],
): Promise<void> {
  const strikes: StrikeEntry[] = [];
  const groupRecords = (await ledger.groupRecords(groups)).found;
  for (const group of groups) {
    const ofGroup = (await ledger.recentStrikes(group, Number.POSITIVE_INFINITY)).found;
    strikes.push(...ofGroup);
    expect(new Set(ofGroup.map(({ slot }) => slot)).size).toBe(ofGroup.length);
    const [last] = ofGroup
      .filter(({ state }) => state !== 'failed')
      .toSorted((a, b) => b.version - a.version);
    expect(groupRecords.get(group)?.last).toStrictEqual(
      last && { slot: last.slot, day: last.day, at: last.at },
    );
  }
  const expected = budgets.map((budget) => strikes.reduce((sum, strike) => sum + countOf(strike, budget), 0));
  expect((await ledger.usage(budgets)).found).toStrictEqual(expected);
  for (const [index, { max }] of budgets.entries()) expect(expected[index]).toBeLessThanOrEqual(max);
  expect((await ledger.openStrikes()).found).toStrictEqual(strikes.filter(isOpen).sort(oldestFirst));
}

/** How much of the budget the strike takes. */
function countOf(strike: StrikeEntry, { scope, of, over }: Budget): number {
  const asked = strike.budgets.find((one) => one.scope === scope && one.of === of && one.over === over);
  const isCounted = over === 'unverified' ? isOpen(strike) : strike.state !== 'failed';
  return asked !== undefined && isCounted ? (asked.count ?? 1) : 0;
}
