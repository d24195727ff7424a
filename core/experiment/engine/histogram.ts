import * as z from 'zod';
import { Count } from '../../util/count.ts';

/** How many values there are in buckets whose borders grow by 2 %: small, and percentiles of it are right to one. */
export const Histogram = z.record(z.string(), Count);
export type Histogram = z.output<typeof Histogram>;

const growth = Math.log(1.02);
/** Values below are the same to anybody. */
const least = 0.01;

export function addValue(histogram: Histogram, value: number): void {
  const bucket = `${Math.round(Math.log(Math.max(value, least)) / growth)}`;
  histogram[bucket] = (histogram[bucket] ?? 0) + 1;
}

export function mergeHistograms(a: Histogram, b: Histogram): Histogram {
  const merged = { ...a };
  for (const [bucket, count] of Object.entries(b)) merged[bucket] = (merged[bucket] ?? 0) + count;
  return merged;
}

/** `share` of 0.95: the 95th percentile. Undefined if there are no values. */
export function percentile(histogram: Histogram, share: number): number | undefined {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((a, b) => a.bucket - b.bucket);
  const wanted = buckets.reduce((sum, { count }) => sum + count, 0) * share;
  let seen = 0;
  for (const { bucket, count } of buckets) {
    seen += count;
    if (seen >= wanted) return Number(Math.exp(bucket * growth).toPrecision(3));
  }
  return undefined;
}
