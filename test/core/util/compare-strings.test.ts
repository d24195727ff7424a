import { expect, test } from 'vitest';
import { compareStrings } from '#core/util/compare-strings.ts';

test('compareText is below, at and above 0, and puts capitals first', () => {
  expect([compareStrings('a', 'b'), compareStrings('a', 'a'), compareStrings('b', 'a')]).toEqual([-1, 0, 1]);
  expect(['b', 'a', 'B', 'ä', 'b'].sort(compareStrings)).toEqual(['B', 'a', 'b', 'b', 'ä']);
});
