import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '#core/util/glob.ts';

describe('matches', () => {
  test.each([
    ['web', 'web', true],
    ['web', 'web-1', false],
    ['web', 'Web', false],
    ['*', '', true],
    ['*', 'a/b', true],
    ['', 'a', false],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a**c', 'abc', true],
    ['a.c', 'abc', false],
    ['(a+)+$', '(a+)+$', true],
    ['[a]*', 'a', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test('is what the same pattern is as a regular expression', () => {
    const letters = (unit: string[]) => fc.string({ unit: fc.constantFrom(...unit), maxLength: 8 });
    fc.assert(
      fc.property(letters(['a', 'b', '*']), letters(['a', 'b']), (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(matches(pattern, text)).toBe(expression.test(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
