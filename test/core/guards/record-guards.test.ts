import { describe, expect, test } from 'vitest';
import type { GroupOnRecord } from '#core/guards/guard.ts';
import { recordGuards } from '#core/guards/index.ts';
import { guardTable } from './guard-table.ts';
import { recordCases } from './record-cases.ts';

describe('recordGuards', () => {
  guardTable<GroupOnRecord>(recordGuards, recordCases);

  test('each is asked what it says when the answer it needs is not known', () => {
    const without = Object.entries(recordCases).filter(([, { unknown = [] }]) => unknown.length === 0);
    expect(without.map(([code]) => code)).toEqual([]);
  });
});
