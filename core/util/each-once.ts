import type * as z from 'zod';

/**
 * For `superRefine` of a list: each entry is there once, by what `keyOf` makes of it. The complaint names the first that is not, as
 * the list itself is cut where it is shown.
 */
export function eachOnce<Entry>(
  noun: string,
  keyOf: (entry: Entry) => string = String,
  path: readonly PropertyKey[] = [],
): (entries: readonly Entry[], context: z.core.$RefinementCtx) => void {
  return (entries, { addIssue }) => {
    const seen = new Set<string>();
    for (const key of entries.map(keyOf)) {
      if (seen.has(key)) {
        const message = `expected each ${noun} once: ${key} is there twice`;
        addIssue({ code: 'custom', path: [...path], message });
        return;
      }
      seen.add(key);
    }
  };
}
