import type { GapStatistics } from './simulation.ts';

/** 95 % of a normal distribution lie within this many standard deviations. */
const z95 = 1.96;

/** Gathers the gaps between strikes. */
export interface Gaps {
  add(gap: number): void;
  /** `asked` is the mean by the rate. */
  statistics(asked: number, unfinished: number): Omit<GapStatistics, 'unit'>;
}

export function gatherGaps(): Gaps {
  // Sums of whole numbers are exact below 2^53.
  let count = 0;
  let sum = 0;
  let squares = 0;
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  return {
    add: (gap) => {
      count += 1;
      sum += gap;
      squares += gap * gap;
      shortest = Math.min(shortest, gap);
      longest = Math.max(longest, gap);
    },
    statistics: (asked, unfinished) => {
      const mean = count === 0 ? null : sum / count;
      const error =
        mean === null || count < 2 ? null : z95 * Math.sqrt(variance(count, sum, squares) / count);
      return {
        count,
        mean,
        low: mean === null || error === null ? null : mean - error,
        high: mean === null || error === null ? null : mean + error,
        shortest: count === 0 ? null : shortest,
        longest: count === 0 ? null : longest,
        deviationPercent: mean === null ? null : (mean / asked - 1) * 100,
        unfinished,
      };
    },
  };
}

function variance(count: number, sum: number, squares: number): number {
  return Math.max(0, squares - (sum * sum) / count) / (count - 1);
}
