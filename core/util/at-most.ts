import * as z from 'zod';

/**
 * A list with so many entries at most. They are counted before any is looked at: each entry that is not valid makes a complaint
 * of some hundred bytes, and an input of some megabytes may have a million.
 */
export function atMost<Out, In>(max: number, entries: string, list: z.ZodType<Out[], In[]>) {
  return z
    .custom<In[]>(
      (value) => !Array.isArray(value) || value.length <= max,
      `expected at most ${max} ${entries}`,
    )
    .pipe(list);
}
