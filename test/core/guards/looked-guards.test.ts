import { describe, expect, test } from 'vitest';
import type { GroupAbout } from '#core/guards/guard.ts';
import { inspectionGuards } from '#core/guards/index.ts';
import { guardTable } from './guard-table.ts';
import { lookCases } from './look-cases.ts';

describe('lookedGuards', () => {
  guardTable<GroupAbout>(inspectionGuards, lookCases);

  test('each is asked what it says when the answer it needs is not known', () => {
    const without = Object.entries(lookCases).filter(([, { unknown = [] }]) => unknown.length === 0);
    expect(without.map(([code]) => code)).toEqual([]);
  });
});
