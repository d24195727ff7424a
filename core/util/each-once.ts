import type * as z from 'zod';

/**
 * For `superRefine` of a list: entries must be unique by `keyOf`. The issue names the first duplicate, as the list itself is
 * shown truncated.
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
