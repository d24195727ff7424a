import { describe, expect, test } from 'vitest';
import type { BudgetLimit } from '#core/model/budget.ts';
import { virtualLedger } from '#core/simulate/virtual-ledger.ts';
import { aStrikeEntry } from '../../support/a-guard-context.ts';

const ofDay = (day: string, max = 1): BudgetLimit => ({ scope: 'organization', of: '', over: day, max });
const open: BudgetLimit = { scope: 'account', of: '222222222222', over: 'unverified', max: 1 };
const claim = (group: string, budgets: readonly BudgetLimit[], at = '2026-11-23T09:00:00.000Z') => {
  const {
    state: _state,
    detail: _detail,
    recovery: _recovery,
    ...rest
  } = aStrikeEntry({ group, budgets, at });
  return rest;
};
const minutes = (count: number) => Date.parse('2026-11-23T09:00:00Z') + count * 60_000;

describe('the virtual ledger', () => {
  test('knows the last strike of a group from its claim, or as it is told', () => {
    const ledger = virtualLedger();
    const nothing = { version: 0, last: undefined, veto: undefined, leash: undefined };
    expect(ledger.record('web')).toEqual(nothing);
    const last = { slot: 's', day: '2026-11-20', at: '2026-11-20T09:00:00Z' };
    ledger.remember('web', last);
    expect(ledger.record('web')).toEqual({ ...nothing, version: 1, last });
    expect(ledger.claim(claim('web', []))).toBeUndefined();
    expect(ledger.record('web')).toMatchObject({
      version: 2,
      last: { slot: '2026-11-23T09:00:00Z', day: '2026-11-23', at: '2026-11-23T09:00:00.000Z' },
    });
    expect(ledger.record('api')).toEqual(nothing);
  });

  test('gives the budget that is spent, and counts nothing then', () => {
    const ledger = virtualLedger();
    const wide = { ...ofDay('2026-11-23', 9), scope: 'account' as const };
    expect(ledger.claim(claim('web', [wide, ofDay('2026-11-23', 2)]))).toBeUndefined();
    expect(ledger.claim(claim('api', [wide, ofDay('2026-11-23', 2)]))).toBeUndefined();
    expect(ledger.claim(claim('cart', [wide, ofDay('2026-11-23', 2)]))).toEqual(ofDay('2026-11-23', 2));
    expect(ledger.record('cart').last).toBeUndefined();
    expect(ledger.openAt(minutes(1)).map(({ group }) => group)).toEqual(['web', 'api']);
    // Of the wide one two are used, not three.
    expect(ledger.claim(claim('cart', [{ ...wide, max: 3 }]))).toBeUndefined();
    expect(ledger.claim(claim('mail', [{ ...wide, max: 3 }]))).toEqual({ ...wide, max: 3 });
  });

  test('a day has its budget to itself', () => {
    const ledger = virtualLedger();
    expect(ledger.claim(claim('web', [ofDay('2026-11-23')]))).toBeUndefined();
    expect(ledger.claim(claim('api', [ofDay('2026-11-23')]))).toEqual(ofDay('2026-11-23'));
    expect(ledger.claim(claim('api', [ofDay('2026-11-24')]))).toBeUndefined();
  });

  test('groups have recovered after ten minutes, and give back what they hold of open strikes alone', () => {
    const ledger = virtualLedger();
    expect(ledger.claim(claim('web', [open, ofDay('2026-11-23')]))).toBeUndefined();
    expect(ledger.openAt(minutes(10) - 1)).toMatchObject([
      { group: 'web', state: 'succeeded', recovery: undefined },
    ]);
    expect(ledger.claim(claim('api', [open]))).toEqual(open);
    expect(ledger.openAt(minutes(10))).toEqual([]);
    expect(ledger.claim(claim('api', [open], '2026-11-23T09:10:00.000Z'))).toBeUndefined();
    expect(ledger.claim(claim('cart', [ofDay('2026-11-23')]))).toEqual(ofDay('2026-11-23'));
    // Who has recovered does so once.
    expect(ledger.openAt(minutes(11)).map(({ group }) => group)).toEqual(['api']);
    expect(ledger.claim(claim('cart', [open]))).toEqual(open);
  });
});
