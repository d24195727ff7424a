import { describe, expect, test } from 'vitest';
import { Plan } from '#core/reports/plan.ts';
import { parse } from '#core/util/parse.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { mistakesIn } from '../../support/mistakes-in.ts';

describe('Plan', () => {
  test.each([
    ['a day that is none', { from: '2026-11-31' }, 'from'],
    ['a moment that is none', { madeAt: 'now' }, 'madeAt'],
    ['another version', { schemaVersion: 3 }, 'schemaVersion'],
    [
      'a slot that is none',
      { days: [aDay({ strikes: [aPlanned({ slot: 'adhoc/1' })] })] },
      'days[0].strikes[0].slot',
    ],
  ])('names %s by its path', (_what, wrong, path) => {
    expect(mistakesIn(() => parse(Plan, { ...aPlan(), ...wrong }, 'the answer'))).toEqual([path]);
  });
});
