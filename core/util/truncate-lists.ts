/** Something that cannot be made to fit: with all its lists empty it is still too large. */
export class DoesNotFit extends Error {
  override readonly name = 'DoesNotFit';
  readonly maxBytes: number;

  constructor(what: string, maxBytes: number) {
    super(`${what} does not fit in ${maxBytes} bytes, even without its lists`);
    this.maxBytes = maxBytes;
  }
}

/** An entry of one of the lists, and the bytes of its JSON. */
export interface ListEntry<List extends string> {
  readonly list: List;
  readonly bytes: number;
}

/** Lists to be cut so that the JSON which holds them (without indentation) has at most `maxBytes` bytes of UTF-8. */
export interface Lists<List extends string> {
  /** All entries; what is worth most comes first. */
  readonly entries: readonly ListEntry<List>[];
  readonly lengths: Readonly<Record<List, number>>;
  /** Of the JSON around them, with every list empty. */
  readonly shellBytes: number;
  /** Of what says how much is missing, by how many entries each list keeps. */
  readonly noteBytes: (kept: Readonly<Record<List, number>>) => number;
  readonly maxBytes: number;
}

/** How many entries each list keeps, as many as fit; undefined where not even none do. */
export function fitLists<List extends string>({
  entries,
  lengths,
  shellBytes,
  noteBytes,
  maxBytes,
}: Lists<List>): Readonly<Record<List, number>> | undefined {
  const kept: Record<List, number> = { ...lengths };
  let bytes =
    shellBytes +
    entries.reduce((sum, entry) => sum + entry.bytes, 0) +
    Object.values<number>(lengths).reduce((commas, length) => commas + Math.max(0, length - 1), 0);
  for (let left = entries.length; ; left -= 1) {
    // While it is too large whatever the note will take, that need not be made.
    if (bytes <= maxBytes && bytes + noteBytes(kept) <= maxBytes) return kept;
    const last = entries[left - 1];
    if (last === undefined) return undefined;
    bytes -= last.bytes + (kept[last.list] > 1 ? 1 : 0);
    kept[last.list] -= 1;
  }
}

export function jsonBytes(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
