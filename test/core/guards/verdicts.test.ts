import { describe, expect, test } from 'vitest';
import type { GroupGuard } from '#core/guards/guard.ts';
import { verdictsOf } from '#core/guards/verdicts.ts';
import { aGroup } from '../../support/a-group.ts';
import { aGuardContext } from '../../support/a-guard-context.ts';
import { raise } from './guard-table.ts';

const guards: readonly GroupGuard[] = [
  { code: 'one', check: () => raise('boom') },
  { code: 'two', check: ({ name }) => ({ passes: true, saw: `2 of ${name}` }) },
  { code: 'three', check: (_, { day }) => ({ passes: false, saw: `3 on ${day}` }) },
];

describe('verdictsOf', () => {
  const verdicts = verdictsOf(guards, aGroup(), aGuardContext());

  test('is what each guard says, in their order; one that throws refuses', () => {
    expect(verdicts).toEqual([
      { code: 'one', passes: false, saw: 'could not be checked: boom' },
      { code: 'two', passes: true, saw: '2 of web' },
      { code: 'three', passes: false, saw: '3 on 2026-11-23' },
    ]);
  });
});
