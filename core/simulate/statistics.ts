/** How often each value was seen. Unlike a list, it stays small over millions of strikes. */
export type Counts<Value> = Map<Value, number>;

export function count<Value>(counts: Counts<Value>, value: Value, by = 1): void {
  counts.set(value, (counts.get(value) ?? 0) + by);
}

export function ascending(counts: Counts<number>): readonly (readonly [value: number, count: number])[] {
  return [...counts].sort(([a], [b]) => a - b);
}

/** 95 % of a normal distribution lie within this many standard deviations. */
const z95 = 1.96;

/**
 * Statistics of gaps, by their lengths. `requested` is the mean according to the rate. `low` and `high` bound the mean with 95 %
 * confidence; they take two gaps.
 */
export function describeGaps(gaps: Counts<number>, requested: number) {
  const lengths = ascending(gaps);
  const total = sum(lengths, () => 1);
  const mean = total === 0 ? null : sum(lengths, (gap) => gap) / total;
  const squares = sum(lengths, (gap) => (gap - (mean ?? 0)) ** 2);
  const error = total < 2 ? Number.NaN : z95 * Math.sqrt(squares / (total - 1) / total);
  return {
    count: total,
    mean,
    low: mean === null || total < 2 ? null : mean - error,
    high: mean === null || total < 2 ? null : mean + error,
    shortest: lengths.at(0)?.[0] ?? null,
    longest: lengths.at(-1)?.[0] ?? null,
    /** The mean's deviation from the requested one. */
    deviationPercent: mean === null ? null : (mean / requested - 1) * 100,
  };
}

/** The distribution of strikes per day, from the number of days for each number of strikes. */
export function describeStrikesADay(daysBy: Counts<number>) {
  const days = ascending(daysBy);
  const total = sum(days, () => 1);
  const atMostOn = (share: number): number => {
    let seen = 0;
    for (const [strikes, count] of days) {
      seen += count;
      if (seen >= share * total) return strikes;
    }
    return 0;
  };
  return {
    mean: total === 0 ? 0 : sum(days, (strikes) => strikes) / total,
    median: atMostOn(0.5),
    /** On 19 of 20 days, there are at most this many. */
    nineteenOfTwenty: atMostOn(0.95),
    max: days.at(-1)?.[0] ?? 0,
    days: days.map(([strikes, days]) => ({ strikes, days })),
  };
}

function sum(
  counts: readonly (readonly [value: number, count: number])[],
  of: (value: number) => number,
): number {
  return counts.reduce((total, [value, count]) => total + of(value) * count, 0);
}
