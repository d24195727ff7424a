/** Something is too large even with all its lists empty. */
export class DoesNotFit extends Error {
  override readonly name = 'DoesNotFit';
  readonly maxBytes: number;

  constructor(what: string, maxBytes: number) {
    super(`${what} does not fit in ${maxBytes} bytes, even without its lists`);
    this.maxBytes = maxBytes;
  }
}

/** How many entries each list keeps. */
export type Kept<List extends string> = Readonly<Record<List, number>>;

/**
 * The fullest version of something whose JSON (without indentation) has at most `maxBytes` bytes of UTF-8; the thing itself if
 * that fits. `entries` has all entries of its lists, the most valuable first: they are given up from the end. `cut` makes the
 * version that keeps so many of each list; what it says about the others may only get longer. Throws `DoesNotFit`, naming `what`.
 */
export function fitLists<Whole extends object, List extends string>(
  whole: Whole,
  {
    entries,
    cut,
    maxBytes,
    what,
  }: {
    readonly entries: readonly (readonly [list: List, entries: readonly object[]])[];
    readonly cut: (kept: Kept<List>) => Whole;
    readonly maxBytes: number;
    readonly what: string;
  },
): Whole {
  const measured = entries.flatMap(([list, some]) =>
    some.map((entry) => ({ list, bytes: jsonBytes(entry) + 1 })),
  );
  const kept = Object.fromEntries(entries.map(([list]) => [list, 0])) as Record<List, number>;
  for (const { list } of measured) kept[list] += 1;
  // What a version takes at least: at first, its entries and commas alone.
  let atLeast = measured.reduce((sum, { bytes }) => sum + bytes, -entries.length);
  for (let left = measured.length; ; left -= 1) {
    if (atLeast <= maxBytes) {
      const version = left === measured.length ? whole : cut(kept);
      const bytes = jsonBytes(version);
      if (bytes <= maxBytes) return version;
      if (version !== whole) atLeast = bytes;
    }
    const last = measured[left - 1];
    if (last === undefined) throw new DoesNotFit(what, maxBytes);
    atLeast -= last.bytes;
    kept[last.list] -= 1;
  }
}

function jsonBytes(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
