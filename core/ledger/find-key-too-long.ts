import { strikeKey } from '../model/strike.ts';

/**
 * The limits of a DynamoDB item's keys, in bytes of UTF-8. Source: Developer Guide, "Quotas", partition and sort key length.
 */
const maxPartitionKey = 2_048;
const maxSortKey = 1_024;

/** The longest slot id is `adhoc/` and an invocation id. Assuming it always, a group's key fits in all slots or in none. */
const longestSlot = 'x'.repeat(64);

/**
 * Why strikes on a group cannot be recorded: the group's or its app's name makes a ledger key too long. Undefined if they can.
 * Tag values have up to 256 characters of up to four bytes each.
 */
export function findKeyTooLong(group: string, app: string | undefined): string | undefined {
  const keys = [
    { of: 'its name', text: strikeKey({ slot: longestSlot, group }), max: maxSortKey },
    { of: 'the name of its app', text: `budget#app#${app ?? ''}`, max: maxPartitionKey },
  ];
  const long = keys.find(({ text, max }) => bytesOf(text, max) > max);
  return (
    long &&
    `${long.of} makes a ledger key of ${bytesOf(long.text, long.max)} bytes, more than DynamoDB's limit of ${long.max}`
  );
}

/** Counts bytes only if the text is long: most are short, and a sweep has 40,000. */
function bytesOf(text: string, max: number): number {
  return text.length * 3 <= max ? text.length : new TextEncoder().encode(text).length;
}
