import { describe, expect, test } from 'vitest';
import { resolveLeash } from '#core/config/resolve-leash.ts';

describe('resolveLeash', () => {
  test.each([
    [true, true, 'invoke', 'the configuration says leashed: true'],
    [true, false, 'invoke', 'the configuration says leashed: true, so dryRun: false was not honored'],
    [true, false, 'cli', 'the configuration says leashed: true, so --unleash was not honored'],
    [false, true, 'invoke', 'the request did not say dryRun: false'],
    [false, true, 'cli', 'the request did not say --unleash'],
  ] as const)('configuration leashed %s, dryRun %s, by %s: %s', (leashed, dryRun, trigger, because) => {
    expect(resolveLeash({ dryRun }, { leashed }, trigger)).toEqual({ mode: 'leashed', because });
  });

  test('only both together unleash', () => {
    expect(resolveLeash({ dryRun: false }, { leashed: false }, 'schedule')).toEqual({ mode: 'live' });
  });
});
