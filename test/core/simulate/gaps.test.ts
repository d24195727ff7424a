import { describe, expect, test } from 'vitest';
import { gatherGaps } from '#core/simulate/gaps.ts';

function of(...gaps: readonly number[]) {
  const gathered = gatherGaps();
  for (const gap of gaps) gathered.add(gap);
  return gathered.statistics(4, 7);
}

describe('the statistics of gaps', () => {
  test('have the mean, the interval of 95 %, and the deviation from what was asked for', () => {
    const { low, high, ...rest } = of(2, 4, 6, 8, 5);
    expect(rest).toEqual({ count: 5, mean: 5, shortest: 2, longest: 8, deviationPercent: 25, unfinished: 7 });
    // A variance of 5, so a standard error of 1.
    expect(low).toBeCloseTo(5 - 1.96, 10);
    expect(high).toBeCloseTo(5 + 1.96, 10);
  });

  test('have no interval of a single gap', () => {
    expect(of(3)).toEqual({
      ...{ count: 1, mean: 3, low: null, high: null, shortest: 3, longest: 3 },
      ...{ deviationPercent: -25, unfinished: 7 },
    });
  });

  test('have one of two gaps, and none as wide where all are alike', () => {
    expect(of(3, 5)).toMatchObject({ low: 4 - 1.96, high: 4 + 1.96 });
    expect(of(3, 3, 3)).toMatchObject({ low: 3, high: 3 });
  });

  test('are of nothing where there are none', () => {
    expect(of()).toEqual({
      ...{ count: 0, mean: null, low: null, high: null, shortest: null, longest: null },
      ...{ deviationPercent: null, unfinished: 7 },
    });
  });
});
