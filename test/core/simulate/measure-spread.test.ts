import { describe, expect, test } from 'vitest';
import { measureSpread } from '#core/simulate/measure-spread.ts';

describe('measureSpread', () => {
  test('is in the order of strikes a day, with their mean and the most', () => {
    expect(
      measureSpread(
        new Map([
          [3, 1],
          [0, 2],
          [12, 2],
        ]),
      ),
    ).toEqual({
      mean: 5.4,
      median: 3,
      nineteenOfTwenty: 12,
      max: 12,
      days: [
        { strikes: 0, days: 2 },
        { strikes: 3, days: 1 },
        { strikes: 12, days: 2 },
      ],
    });
  });

  test.each([
    // Of twenty days.
    [
      new Map([
        [1, 9],
        [2, 11],
      ]),
      2,
      2,
    ],
    [
      new Map([
        [1, 10],
        [2, 10],
      ]),
      1,
      2,
    ],
    [
      new Map([
        [1, 18],
        [2, 2],
      ]),
      1,
      2,
    ],
    [
      new Map([
        [1, 19],
        [2, 1],
      ]),
      1,
      1,
    ],
  ])('of %o half of the days have at most %d, nineteen of twenty at most %d', (daysBy, median, most) => {
    expect(measureSpread(daysBy)).toMatchObject({ median, nineteenOfTwenty: most });
  });

  test('of no day is nothing', () => {
    expect(measureSpread(new Map())).toEqual({ mean: 0, median: 0, nineteenOfTwenty: 0, max: 0, days: [] });
  });
});
