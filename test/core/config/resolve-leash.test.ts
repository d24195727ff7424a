import { describe, expect, test } from 'vitest';
import { resolveLeash } from '#core/config/resolve-leash.ts';

describe('resolveLeash', () => {
  test.each([
    [true, true, 'the configuration says leashed: true'],
    [true, false, 'the configuration says leashed: true, so dryRun: false was not honored'],
    [false, true, 'the request did not say dryRun: false'],
  ])('configuration leashed %s, dryRun %s: %s', (leashed, dryRun, because) => {
    expect(resolveLeash({ dryRun }, { leashed })).toEqual({ mode: 'leashed', because });
  });

  test('only both together unleash', () => {
    expect(resolveLeash({ dryRun: false }, { leashed: false })).toEqual({ mode: 'live' });
  });
});
