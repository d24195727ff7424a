import { strikeKey } from '../model/strike.ts';

/**
 * What a key of a DynamoDB item may have, in bytes of UTF-8. Source: Developer Guide, "Quotas", partition and sort key length.
 */
const maxPartitionKey = 2_048;
const maxSortKey = 1_024;

/** As long as the id of a slot can be: `adhoc/` and the id of an invocation. A group is spared in all slots or in none. */
const longestSlot = 'x'.repeat(64);

/**
 * Why no strike of a group could be put on record: its name, or that of its app, makes a key that is too long. Undefined where
 * it can. Tags have up to 256 characters, and a character up to four bytes.
 */
export function tooLongForLedger(group: string, app: string | undefined): string | undefined {
  const keys = [
    { of: 'its name', text: strikeKey({ slot: longestSlot, group }), max: maxSortKey },
    { of: 'the name of its app', text: `budget#app#${app ?? ''}`, max: maxPartitionKey },
  ];
  const long = keys.find(({ text, max }) => bytesOf(text, max) > max);
  return (
    long &&
    `${long.of} makes a key of ${bytesOf(long.text, long.max)} bytes in the ledger, at most ${long.max} are possible`
  );
}

/** Counted only where it matters: most names are far from it, and a sweep has 40,000. */
function bytesOf(text: string, max: number): number {
  return text.length * 3 <= max ? text.length : new TextEncoder().encode(text).length;
}
