import { expect, test } from 'vitest';
import { compareText } from '#core/util/compare-strings.ts';

test('compareText is below, at and above 0, and puts capitals first', () => {
  expect([compareText('a', 'b'), compareText('a', 'a'), compareText('b', 'a')]).toEqual([-1, 0, 1]);
  expect(['b', 'a', 'B', 'ä', 'b'].sort(compareText)).toEqual(['B', 'a', 'b', 'b', 'ä']);
});
