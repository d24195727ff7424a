import { expect, test } from 'vitest';
import { memoized } from '#core/util/memoize.ts';

test('remembered works an answer out once for each text, undefined as well', () => {
  const asked: string[] = [];
  const answer = memoized((text) => {
    asked.push(text);
    return text === 'none' ? undefined : text.length;
  });
  expect(['web', 'none', 'web', 'none', 'pay'].map(answer)).toEqual([3, undefined, 3, undefined, 3]);
  expect(asked).toEqual(['web', 'none', 'pay']);
});
