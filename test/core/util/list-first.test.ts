import { describe, expect, test } from 'vitest';
import { listFirst } from '#core/util/list-first.ts';

describe('listFirst', () => {
  test.each([
    [['a'], 'a'],
    [['a', 'b', 'c'], 'a, b, c'],
    [['a', 'b', 'c', 'd'], 'a, b, c and 1 more'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('of %j: %s', (texts, text) => {
    expect(listFirst(texts)).toBe(text);
  });

  test('takes another separator for texts that contain commas', () => {
    expect(listFirst(['a, b', 'c'], '; ')).toBe('a, b; c');
  });
});
