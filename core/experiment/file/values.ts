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

const aShare = 'expected a share such as "5%"';

/** `5%`: 0.05. */
export const Share = z
  .string(aShare)
  .regex(/^\d+(\.\d+)?%$/, aShare)
  .transform((text) => Number(text.slice(0, -1)) / 100);

const aName = 'expected a name: a letter, then up to 62 letters, digits, - or _';
/** Of a probe, a step or a stop condition: reports, messages and `--set` use it. */
export const Name = z.string(aName).regex(/^[A-Za-z][\w-]{0,62}$/, aName);

/** A text that people read. */
export function textUpTo(maxLength: number): z.ZodString {
  const expected = `expected a text of up to ${maxLength} characters`;
  return z.string(expected).trim().min(1, expected).max(maxLength, expected);
}

const aList = 'expected a list';
export function listOf<Entry extends z.ZodType>(
  entry: Entry,
  least: number,
  most: number,
): z.ZodArray<Entry> {
  const expected = least === 0 ? `expected at most ${most} entries` : `expected ${least} to ${most} entries`;
  return z.array(entry, aList).min(least, expected).max(most, expected);
}
