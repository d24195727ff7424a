import * as z from 'zod';

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
type Unit = keyof typeof unitsMs;

const aTime = 'expected a time with its unit, such as "200ms", "30s" or "5m"';

/** `300ms`, `90s`, `5m`: in milliseconds. */
export const Time = z
  .string(aTime)
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, aTime)
  .transform((text) => {
    const [, count, unit] = /^([\d.]+)(\w+)$/.exec(text) ?? [];
    return Number(count) * unitsMs[unit as Unit];
  });

/** A time within limits, in milliseconds. */
export function timeFrom(least: number, most: number): z.ZodType<number, string> {
  const range = `expected a time from ${timeText(least)} to ${timeText(most)}`;
  return Time.refine((ms) => ms >= least && ms <= most, range);
}

/** As a file says it: in the largest unit in which it is whole. */
export function timeText(ms: number): string {
  const [unit, size] = (Object.entries(unitsMs) as [Unit, number][]).findLast(
    ([, one]) => ms % one === 0,
  ) ?? ['ms', 1];
  return ms === 0 ? '0s' : `${ms / size}${unit}`;
}
