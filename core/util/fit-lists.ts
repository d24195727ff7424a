/** Something is too large even with all its lists empty. */
export class DoesNotFit extends Error {
  override readonly name = 'DoesNotFit';
  readonly maxBytes: number;

  constructor(what: string, maxBytes: number) {
    super(`${what} does not fit in ${maxBytes} bytes, even without its lists`);
    this.maxBytes = maxBytes;
  }
}

/** Lists to be truncated until the JSON that contains them (without indentation) has at most `maxBytes` bytes of UTF-8. */
export interface Lists<List extends string> {
  /** All entries with their list, the most valuable first. */
  readonly entries: readonly (readonly [list: List, entries: readonly object[]])[];
  /** The containing object, with every list empty. */
  readonly shell: object;
  /** Bytes of the note about missing entries, given how many entries each list keeps. */
  readonly noteBytes: (kept: Readonly<Record<List, number>>) => number;
  readonly maxBytes: number;
  /** Names the object in an error: `the list of groups`. */
  readonly what: string;
}

/** How many entries of each list fit. Each entry is serialized once. Throws `DoesNotFit` if even empty lists do not. */
export function fitLists<List extends string>({
  entries,
  shell,
  noteBytes,
  maxBytes,
  what,
}: Lists<List>): Readonly<Record<List, number>> {
  const measured = entries.flatMap(([list, some]) =>
    some.map((entry) => ({ list, bytes: jsonBytes(entry) })),
  );
  const kept = Object.fromEntries(entries.map(([list]) => [list, 0])) as Record<List, number>;
  for (const { list } of measured) kept[list] += 1;
  let bytes =
    jsonBytes(shell) +
    measured.reduce((sum, entry) => sum + entry.bytes, 0) +
    Object.values<number>(kept).reduce((commas, length) => commas + Math.max(0, length - 1), 0);
  for (let left = measured.length; ; left -= 1) {
    // While it is too large even without the note, the note is not computed.
    if (bytes <= maxBytes && bytes + noteBytes(kept) <= maxBytes) return kept;
    const last = measured[left - 1];
    if (last === undefined) throw new DoesNotFit(what, maxBytes);
    bytes -= last.bytes + (kept[last.list] > 1 ? 1 : 0);
    kept[last.list] -= 1;
  }
}

export function jsonBytes(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Bytes of a member that counts missing entries, if there are any. */
export function noteBytes(key: string, count: number): number {
  return count === 0 ? 0 : `,"${key}":${count}`.length;
}
