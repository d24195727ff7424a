import { describe, expect, test } from 'vitest';
import { leashOf } from '#core/config/leash.ts';

describe('leashOf', () => {
  test.each([
    [true, true, 'the configuration says leashed: true'],
    [true, false, 'the configuration says leashed: true, so dryRun: false was not honored'],
    [false, true, 'the request did not say dryRun: false'],
  ])('configuration leashed %s, dryRun %s: %s', (leashed, dryRun, because) => {
    expect(leashOf({ dryRun }, { leashed })).toEqual({ mode: 'leashed', because });
  });

  test('only both together unleash', () => {
    expect(leashOf({ dryRun: false }, { leashed: false })).toEqual({ mode: 'live' });
  });
});
