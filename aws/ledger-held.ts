import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type HeldParts, heldNow } from '#core/held.ts';
import type { GroupLeash, Ledger, Veto } from '#core/ports.ts';
import { attributeOf, type Item, itemOf, recordOf } from './ledger-attributes.ts';
import { inDays, type LedgerTable } from './ledger-table.ts';

const heldPartition = 'held';

/** A veto that has ended is listed no more; for a while it is there for people who look. */
const keptDays = 40;

/**
 * Which groups a veto or a leash holds, so that listing them is one query. An item each, written in the transaction that sets
 * it, and nothing is decided by it: what holds is in the group's standing.
 */
export function ledgerHeld({ partition }: LedgerTable): Pick<Ledger, 'heldGroups'> {
  return {
    heldGroups: async (now) => heldNow((await partition(heldPartition)).flatMap(partsOf), now),
  };
}

/** Lists what is set of a group, or lists it no more. */
export function putHeld(
  tableName: string,
  group: string,
  value: { readonly veto: Veto | undefined } | { readonly leash: GroupLeash | undefined },
): TransactWriteItem {
  const [name, part] = 'veto' in value ? (['veto', value.veto] as const) : (['leash', value.leash] as const);
  const key = heldKey(group, name);
  if (part === undefined) return { Delete: { TableName: tableName, Key: key } };
  const expiresAt = 'until' in part ? afterDays(part.until) : undefined;
  return { Put: { TableName: tableName, Item: { ...key, ...itemOf({ group, [name]: part, expiresAt }) } } };
}

/** The same of a leash, where none is listed. */
export function putHeldIfNone(tableName: string, group: string, leash: GroupLeash): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: heldKey(group, 'leash'),
      UpdateExpression: 'SET #group = :group, #leash = if_not_exists(#leash, :leash)',
      ExpressionAttributeNames: { '#group': 'group', '#leash': 'leash' },
      ExpressionAttributeValues: { ':group': attributeOf(group), ':leash': attributeOf(leash) },
    },
  };
}

function heldKey(group: string, name: 'veto' | 'leash'): Item {
  return { pk: { S: heldPartition }, sk: { S: `${name}#${group}` } };
}

/** Undefined for a time that is none, whose veto holds for ever. */
function afterDays(until: string): number | undefined {
  const end = Date.parse(until);
  return Number.isNaN(end) ? undefined : inDays(keptDays, end);
}

/** What is damaged is still listed: that the group is held is in the key. */
function partsOf(item: Item): readonly HeldParts[] {
  const [, name, group] = /^(veto|leash)#(.+)$/s.exec(item.sk?.S ?? '') ?? [];
  if (group === undefined) return [];
  const { veto, leash } = HeldShape.parse(recordOf(item));
  return [name === 'veto' ? { group, veto } : { group, leash }];
}

const unreadable = z.string().catch('not readable');
const LeashShape = z.object({ reason: unreadable, by: unreadable, at: unreadable });
const noLeash = { reason: 'not readable', by: 'not readable', at: 'not readable' };
const HeldShape = z.object({
  veto: LeashShape.extend({ until: unreadable }).catch({ ...noLeash, until: 'not readable' }),
  leash: LeashShape.catch(noLeash),
});
