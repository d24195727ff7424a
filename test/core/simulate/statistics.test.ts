import { describe, expect, test } from 'vitest';
import { type Counts, count, describeGaps, describeStrikesADay } from '#core/simulate/statistics.ts';

function of(...lengths: readonly number[]) {
  const gaps: Counts<number> = new Map();
  for (const gap of lengths) count(gaps, gap);
  return describeGaps(gaps, 4);
}

describe('describeGaps', () => {
  test('gives the mean, its 95 % interval, and the deviation from the requested mean', () => {
    const { low, high, ...rest } = of(2, 4, 6, 8, 5);
    expect(rest).toEqual({ count: 5, mean: 5, shortest: 2, longest: 8, deviationPercent: 25 });
    // A variance of 5, so a standard error of 1.
    expect(low).toBeCloseTo(5 - 1.96, 10);
    expect(high).toBeCloseTo(5 + 1.96, 10);
  });

  test('gives no interval for a single gap', () => {
    expect(of(3)).toEqual({
      ...{ count: 1, mean: 3, low: null, high: null, shortest: 3, longest: 3 },
      ...{ deviationPercent: -25 },
    });
  });

  test('gives an interval for two gaps, and an empty one if all gaps are the same', () => {
    expect(of(3, 5)).toMatchObject({ low: 4 - 1.96, high: 4 + 1.96 });
    expect(of(3, 3, 3)).toMatchObject({ low: 3, high: 3 });
  });

  test('gives nulls without gaps', () => {
    expect(of()).toEqual({
      ...{ count: 0, mean: null, low: null, high: null, shortest: null, longest: null },
      ...{ deviationPercent: null },
    });
  });
});

describe('describeStrikesADay', () => {
  test('is ordered by strikes a day, with their mean and maximum', () => {
    expect(
      describeStrikesADay(
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
  ])(
    'of %o, half of the days have at most %d strikes, nineteen of twenty at most %d',
    (daysBy, median, most) => {
      expect(describeStrikesADay(daysBy)).toMatchObject({ median, nineteenOfTwenty: most });
    },
  );

  test('is empty without days', () => {
    expect(describeStrikesADay(new Map())).toEqual({
      mean: 0,
      median: 0,
      nineteenOfTwenty: 0,
      max: 0,
      days: [],
    });
  });
});
