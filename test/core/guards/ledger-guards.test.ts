import { describe, expect, test } from 'vitest';
import { selectGuards } from '#core/guards/guard.ts';
import { listGuards } from '#core/guards/index.ts';
import { guardTable } from '../../support/guard-table.ts';
import { ledgerCases } from './ledger-cases.ts';

describe('the guards of every target on the ledger', () => {
  guardTable(selectGuards(listGuards([]), 'ledger'), ledgerCases);

  test('each has a case in which the answer it needs is not known', () => {
    const without = Object.entries(ledgerCases).filter(([, { unknown = [] }]) => unknown.length === 0);
    expect(without.map(([code]) => code)).toEqual([]);
  });
});
