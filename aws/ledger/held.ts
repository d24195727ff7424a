import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { GroupLeash, Veto } from '#core/model/group-record.ts';
import { type HeldParts, heldNow } from '#core/model/held-groups.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { attributeOf, type Item, itemOf, recordOf } from './attributes.ts';
import { misplacedAt, type Read, readItem, unreadableAt } from './read.ts';
import { inDays, type LedgerTable } from './table.ts';

const heldPartition = 'held';

/** A veto that has ended is listed no more; for a while it is there for people who look. */
const keptDays = 40;

/**
 * Which groups a veto or a leash holds, so that listing them is one query. An item each, written in the transaction that sets
 * it, and nothing is decided by it: what holds is in the group's record.
 */
export function ledgerHeld({ partition }: LedgerTable): Pick<Ledger, 'heldGroups'> {
  return {
    heldGroups: async (now) => heldNow((await partition(heldPartition)).flatMap(partsOf), now),
  };
}

export interface HeldBy {
  readonly veto: Veto;
  readonly leash: GroupLeash;
}

/** Lists what is set of a group, or lists it no more. */
export function putHeld<Name extends keyof HeldBy>(
  TableName: string,
  group: string,
  name: Name,
  by: HeldBy[Name] | undefined,
): TransactWriteItem {
  const Key = heldKey(group, name);
  if (by === undefined) return { Delete: { TableName, Key } };
  const expiresAt = 'until' in by ? afterDays(by.until) : undefined;
  return { Put: { TableName, Item: { ...Key, ...itemOf({ group, [name]: by, expiresAt }) } } };
}

/** The same of a leash as the record has it, readable or not. */
export function heldLeashItem(group: string, leash: AttributeValue): Item {
  return { ...heldKey(group, 'leash'), group: attributeOf(group), leash };
}

export function heldKey(group: string, name: keyof HeldBy): Item {
  return itemOf({ pk: heldPartition, sk: `${name}#${group}` });
}

/** Undefined for a time that is none, whose veto holds for ever. */
function afterDays(until: string): number | undefined {
  const end = Date.parse(until);
  return Number.isNaN(end) ? undefined : inDays(keptDays, end);
}

/** What is damaged is still listed: that the group is held is in the key. */
function partsOf(item: Item): readonly HeldParts[] {
  const [name, group] = nameAndGroup(item);
  if (group === undefined) return [];
  const { until, ...leash } = Legible.parse({ ...Object(recordOf(item)[name]) });
  return [name === 'veto' ? { group, veto: { ...leash, until } } : { group, leash }];
}

/** The same for those who look for damage. */
export function heldFrom(item: Item, tableName: string): Read<HeldParts> {
  const [name, group] = nameAndGroup(item);
  const found = { tableName, key: item, group };
  if (group === undefined) {
    return { unreadable: unreadableAt(found, 'sk: expected veto#GROUP or leash#GROUP') };
  }
  const misplaced = misplacedAt(item, { group }, found);
  if (misplaced !== undefined) return { unreadable: misplaced };
  return readItem(HeldItem[name], item, found);
}

function nameAndGroup({ sk }: Item): readonly [name: keyof HeldBy, group: string | undefined] {
  const [, name, group] = /^(veto|leash)#(.+)$/s.exec(sk?.S ?? '') ?? [];
  return [name === 'veto' ? 'veto' : 'leash', group];
}

const HeldItem = {
  veto: z.object({ group: z.string(), veto: Veto }),
  leash: z.object({ group: z.string(), leash: GroupLeash }),
};

const legible = z.string().catch('not readable');
const Legible = z.object({ reason: legible, by: legible, at: legible, until: legible });
