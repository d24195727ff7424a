import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { GroupLeash, Veto } from '#core/model/group-record.ts';
import { type HeldParts, heldNow } from '#core/model/held-groups.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toAttribute, toItem, toRecord } from './attributes.ts';
import { describeUnreadable, findMisplaced, type Read, readItem } from './read.ts';
import { inDays, type LedgerTable } from './table.ts';

const heldPartition = 'held';

/** A veto that has ended is listed no more; for a while it is there for people who look. */
const keptDays = 40;

/**
 * Which groups a veto or a leash holds, so that listing them is one query. An item each, written in the transaction that sets
 * it, and nothing is decided by it: what holds is in the group's record.
 */
export function ledgerHeldGroups({ partition }: LedgerTable): Pick<Ledger, 'heldGroups'> {
  return {
    heldGroups: async (now) => heldNow((await partition(heldPartition)).flatMap(readHeldParts), now),
  };
}

export interface Holds {
  readonly veto: Veto;
  readonly leash: GroupLeash;
}

/** Lists what is set of a group, or lists it no more. */
export function writeHeldEntry<Name extends keyof Holds>(
  TableName: string,
  group: string,
  name: Name,
  by: Holds[Name] | undefined,
): TransactWriteItem {
  const Key = heldKey(group, name);
  if (by === undefined) return { Delete: { TableName, Key } };
  const expiresAt = 'until' in by ? findExpiry(by.until) : undefined;
  return { Put: { TableName, Item: { ...Key, ...toItem({ group, [name]: by, expiresAt }) } } };
}

/** The same of a leash as the record has it, readable or not. */
export function heldLeashItem(group: string, leash: AttributeValue): Item {
  return { ...heldKey(group, 'leash'), group: toAttribute(group), leash };
}

export function heldKey(group: string, name: keyof Holds): Item {
  return toItem({ pk: heldPartition, sk: `${name}#${group}` });
}

/** Undefined for a time that is none, whose veto holds for ever. */
function findExpiry(until: string): number | undefined {
  const end = Date.parse(until);
  return Number.isNaN(end) ? undefined : inDays(keptDays, end);
}

/** What is damaged is still listed: that the group is held is in the key. */
function readHeldParts(item: Item): readonly HeldParts[] {
  const [name, group] = parseHeldKey(item);
  if (group === undefined) return [];
  const { until, ...leash } = LenientDetails.parse({ ...Object(toRecord(item)[name]) });
  return [name === 'veto' ? { group, veto: { ...leash, until } } : { group, leash }];
}

/** The same for those who look for damage. */
export function parseHeldEntry(item: Item, tableName: string): Read<HeldParts> {
  const [name, group] = parseHeldKey(item);
  const found = { tableName, key: item, group };
  if (group === undefined) {
    return { unreadable: describeUnreadable(found, 'sk: expected veto#GROUP or leash#GROUP') };
  }
  const misplaced = findMisplaced(item, { group }, found);
  if (misplaced !== undefined) return { unreadable: misplaced };
  return readItem(HeldItem[name], item, found);
}

function parseHeldKey({ sk }: Item): readonly [name: keyof Holds, group: string | undefined] {
  const [, name, group] = /^(veto|leash)#(.+)$/s.exec(sk?.S ?? '') ?? [];
  return [name === 'veto' ? 'veto' : 'leash', group];
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
