import * as z from 'zod';

/**
 * Limits the number of a list's entries. They are counted before any is parsed: each invalid entry produces an issue of some
 * hundred bytes, and a few megabytes of input may hold a million.
 */
export function atMost<Out, In>(max: number, entries: string, list: z.ZodType<Out[], In[]>) {
  return z
    .custom<In[]>(
      (value) => !Array.isArray(value) || value.length <= max,
      `expected at most ${max} ${entries}`,
    )
    .pipe(list);
}
