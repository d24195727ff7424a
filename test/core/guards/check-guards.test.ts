import { describe, expect, test } from 'vitest';
import { checkGuards } from '#core/guards/check-guards.ts';
import type { GuardOn } from '#core/guards/guard.ts';
import { aGroup } from '../../support/a-group.ts';
import { aGuardContext } from '../../support/a-guard-context.ts';
import { raise } from '../../support/guard-table.ts';

const listing = { summary: 'Never.', needs: 'listing' } as const;
const guards: readonly GuardOn<'listing'>[] = [
  { code: 'one', ...listing, check: () => raise('boom') },
  { code: 'two', ...listing, check: ({ group: { name } }) => ({ passes: true, saw: `2 of ${name}` }) },
  { code: 'three', ...listing, check: (_, { day }) => ({ passes: false, saw: `3 on ${day}` }) },
];

describe('checkGuards', () => {
  const verdicts = checkGuards(guards, { group: aGroup() }, aGuardContext());

  test('is what each guard says, in their order; one that throws refuses', () => {
    expect(verdicts).toEqual([
      { code: 'one', passes: false, saw: 'could not be checked: boom' },
      { code: 'two', passes: true, saw: '2 of web' },
      { code: 'three', passes: false, saw: '3 on 2026-11-23' },
    ]);
  });
});
