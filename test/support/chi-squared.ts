/** Upper 0.1 % points of chi-squared, by degrees of freedom. */
const limits = new Map([
  [1, 10.83],
  [2, 13.82],
  [3, 16.27],
  [4, 18.47],
  [5, 20.52],
  [6, 22.46],
  [7, 24.32],
  [8, 26.12],
  [9, 27.88],
]);

/**
 * How far counts are from equal, relative to what one in a thousand fair sources exceeds: below 1 is fine. Only for seeded sources, so
 * that luck decides no test.
 */
export function unevenness(counts: readonly number[]): number {
  const limit = limits.get(counts.length - 1);
  if (limit === undefined) throw new RangeError(`no limit for ${counts.length} counts`);
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) / limit;
}

/** Counts how often each of `names` was seen. Throws for any other name. */
export function countsOf(names: readonly string[], seen: readonly (string | undefined)[]): readonly number[] {
  const counts = new Map(names.map((name) => [name, 0]));
  for (const name of seen) {
    const count = counts.get(name ?? '');
    if (count === undefined) throw new Error(`${name} was not to be seen`);
    counts.set(name ?? '', count + 1);
  }
  return [...counts.values()];
}
