import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { GroupLeash, Veto } from '#core/model/group-record.ts';
import { type HeldParts, heldNow } from '#core/model/held-groups.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toItem, toRecord } from './attributes.ts';
import { describeUnreadable, findMisplaced, type Read, readItem } from './read.ts';
import { inDays, type LedgerTable } from './table.ts';
import type { Write } from './writes.ts';

const heldPartition = 'held';

/** A veto that has ended is no longer listed; its entry is kept longer for people to read. */
const keptDays = 40;

/** What holds a group. */
export type Hold = 'veto' | 'leash';

/**
 * Which groups are held by a veto or a leash, so that listing them takes one query. Each entry is written in the transaction that
 * changes the group's record. Decisions use only the record.
 */
export function ledgerHeldGroups({ readPartition }: LedgerTable): Pick<Ledger, 'heldGroups'> {
  return {
    heldGroups: async (now) => heldNow((await readPartition(heldPartition)).flatMap(readHeldParts), now),
  };
}

/** Lists a group as held, or removes it from the list. `value` is as in the group's record, readable or not. */
export function writeHeldEntry(group: string, hold: Hold, value: AttributeValue | undefined): Write {
  const Key = heldKey(group, hold);
  if (value === undefined) return { Delete: { Key } };
  const expiresAt = hold === 'veto' ? findExpiry(value.M?.until?.S ?? '') : undefined;
  return { Put: { Item: { ...Key, ...toItem({ group, expiresAt }), [hold]: value } } };
}

export function heldKey(group: string, hold: Hold): Item {
  return toItem({ pk: heldPartition, sk: `${hold}#${group}` });
}

/** Undefined for an invalid time: such a veto never ends. */
function findExpiry(until: string): number | undefined {
  const end = Date.parse(until);
  return Number.isNaN(end) ? undefined : inDays(keptDays, end);
}

/** Lists a damaged entry too: its key tells which group is held. */
function readHeldParts(item: Item): readonly HeldParts[] {
  const [hold, group] = parseHeldKey(item);
  if (group === undefined) return [];
  const { until, ...leash } = LenientDetails.parse({ ...Object(toRecord(item)[hold]) });
  return [hold === 'veto' ? { group, veto: { ...leash, until } } : { group, leash }];
}

/** Unlike `readHeldParts`, reports damage. */
export function parseHeldEntry(item: Item, tableName: string): Read<HeldParts> {
  const [hold, group] = parseHeldKey(item);
  const location = { tableName, key: item, group };
  if (group === undefined) {
    return { unreadable: describeUnreadable(location, 'sk: expected veto#GROUP or leash#GROUP') };
  }
  const misplaced = findMisplaced(item, { group }, location);
  return misplaced === undefined ? readItem(HeldItem[hold], item, location) : { unreadable: misplaced };
}

function parseHeldKey({ sk }: Item): readonly [Hold, group: string | undefined] {
  const [, hold, group] = /^(veto|leash)#(.+)$/s.exec(sk?.S ?? '') ?? [];
  return [hold === 'veto' ? 'veto' : 'leash', group];
}

const HeldItem = {
  veto: z.object({ group: z.string(), veto: Veto }),
  leash: z.object({ group: z.string(), leash: GroupLeash }),
};

const lenientText = z.string().catch('not readable');
const LenientDetails = z.object({
  reason: lenientText,
  by: lenientText,
  at: lenientText,
  until: lenientText,
});
