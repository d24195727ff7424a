import * as z from 'zod';
import { oneLine } from '../../util/format.ts';

const aShare = 'expected a share such as "5%"';

/** `5%`: 0.05. */
export const Share = z
  .string(aShare)
  .regex(/^\d+(\.\d+)?%$/, aShare)
  .transform((text) => Number(text.slice(0, -1)) / 100);

const leastRate = 0.1;

/** `20/s`: 20. */
export function rateUpTo(most: number): z.ZodType<number, string> {
  const expected = `expected a rate from "${leastRate}/s" to "${most}/s"`;
  return z
    .string(expected)
    .regex(/^\d+(\.\d+)?\/s$/, expected)
    .transform((text) => Number(text.slice(0, -2)))
    .refine((rate) => rate >= leastRate && rate <= most, expected);
}

const aName = 'expected a name: a letter, then up to 62 letters, digits, - or _';
/** Of a probe, a step or a stop condition: reports, messages and `--set` use it. */
export const Name = z.string(aName).regex(/^[A-Za-z][\w-]{0,62}$/, aName);

/** A text that people read. */
export function textUpTo(maxLength: number): z.ZodString {
  const expected = `expected a text of up to ${maxLength} characters`;
  const text = z.string(expected).trim().min(1, expected).max(maxLength, expected);
  return text.refine((given) => given === '' || oneLine(given, maxLength) !== '', expected);
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
