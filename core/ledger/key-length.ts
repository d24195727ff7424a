import { strikeKey } from '../model/strike.ts';

/**
 * The limits of a DynamoDB item's keys, in bytes of UTF-8. Source: Developer Guide, "Quotas", partition and sort key length.
 */
const maxPartitionKey = 2_048;
const maxSortKey = 1_024;

/** The longest id of a slot: `adhoc/` and the id of an invocation. With it, a group is spared in all slots or in none. */
const longestSlot = 'x'.repeat(64);

/**
 * Why a group's strikes cannot be recorded: its name, or its app's, makes a key too long. Undefined if they can. Tags have up
 * to 256 characters, and a character has up to four bytes.
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

/** Bytes are counted only for long names: most are short, and a sweep has 40,000. */
function bytesOf(text: string, max: number): number {
  return text.length * 3 <= max ? text.length : new TextEncoder().encode(text).length;
}
