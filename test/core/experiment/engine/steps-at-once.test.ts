import { describe, expect, test } from 'vitest';
import { stepsAtOnce } from '#core/experiment/engine/steps-at-once.ts';

const minute = 60_000;
const step = (name: string, minutes: number, ...startAfter: string[]) => ({
  name,
  holdMs: minutes * minute,
  startAfter,
});
const pairs = (...steps: ReturnType<typeof step>[]) =>
  stepsAtOnce(steps).map(([first, second]) => `${first.name} ${second.name}`);

describe('steps at once', () => {
  test.each([
    ['one', [step('a', 5)], []],
    ['one after the other', [step('a', 5), step('b', 5, 'a')], []],
    ['both at once', [step('a', 5), step('b', 5)], ['a b']],
    [
      'the second beside the end of the first',
      [step('x', 4), step('a', 5), step('b', 5, 'x')],
      ['x a', 'a b'],
    ],
    ['one that is over by then', [step('x', 6), step('a', 5), step('b', 5, 'x')], ['x a']],
    // Each injection takes its time: nobody knows which is first.
    ['one that is to end by then', [step('x', 5), step('a', 5), step('b', 5, 'x')], ['x a', 'a b']],
    ['one that waits for it over another', [step('a', 5), step('x', 0, 'a'), step('b', 5, 'x')], []],
    ['whatever the order of the list', [step('b', 5, 'x'), step('x', 4), step('a', 5)], ['x a', 'a b']],
  ])('%s', (_, steps, expected) => {
    expect(pairs(...steps)).toEqual(expected);
  });

  test('of as many steps and waits as a file may have', () => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    expect(pairs(...names.map((name, index) => step(name, 5, ...names.slice(0, index))))).toEqual([]);
  });
});
