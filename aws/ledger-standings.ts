import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import * as z from 'zod';
import { lastStrike } from '#core/ledger-rules.ts';
import type { GroupLeash, LastStrike, Ledger, Refusals, Standing, StrikeEntry, Veto } from '#core/ports.ts';
import { attributeOf, type Item, recordOf } from './ledger-attributes.ts';
import { putHeld, putHeldIfNone } from './ledger-held.ts';
import { type Read, readItem, sortedOut } from './ledger-read.ts';
import { GroupLeashShape, RefusalsShape, StandingShape, VetoShape } from './ledger-shapes.ts';
import { type LedgerTable, readsAtOnce } from './ledger-table.ts';
import type { Transact } from './ledger-transactions.ts';

/** What stands about groups: an item each, from the first change on, which never expires. */
export function ledgerStandings(
  table: LedgerTable,
  transact: Transact,
): Pick<Ledger, 'standings' | 'setVeto' | 'setLeash'> {
  const { tableName } = table;
  return {
    standings: async (groups) => {
      const read = await pMap(groups, (group) => readStanding(table, group), { concurrency: readsAtOnce });
      const found = groups.flatMap((group, index) => {
        const standing = read[index];
        return standing !== undefined && 'value' in standing ? [[group, standing.value] as const] : [];
      });
      return { found: new Map(found), unreadable: sortedOut(read).unreadable };
    },
    setVeto: async (group, veto) => {
      await transact([setPart(tableName, group, 'veto', veto), putHeld(tableName, group, { veto })]);
    },
    setLeash: async (group, leash) => {
      await transact([setPart(tableName, group, 'leash', leash), putHeld(tableName, group, { leash })]);
    },
  };
}

export async function readStanding({ tableName, get }: LedgerTable, group: string): Promise<Read<Standing>> {
  const item = await get(standingKey(group));
  return standingFrom(item ?? { version: { N: '0' } }, tableName, group);
}

export function standingFrom(item: Item, tableName: string, group: string): Read<Standing> {
  return readItem(StandingShape, item, { tableName, key: standingKey(group), group });
}

/**
 * A standing that cannot be read, with what of it can be and what the group's strikes say. Its version is above all that decisions
 * were made on, so that none of them claims on it. Where its veto or leash is `lost`, a leash stands in for it.
 */
export function mendedStanding(
  item: Item,
  strikes: readonly StrikeEntry[],
  now: number,
): { readonly mended: Standing; readonly lost: readonly string[] } {
  const { veto, leash, version, refusals } = recordOf(item);
  const parts = { veto: VetoShape.safeParse(veto).data, leash: GroupLeashShape.safeParse(leash).data };
  const refused = RefusalsShape.safeParse(refusals);
  const lost = [
    ...(veto !== undefined && parts.veto === undefined ? ['veto'] : []),
    ...(leash !== undefined && parts.leash === undefined ? ['leash'] : []),
  ];
  const last = strikes.filter(({ state }) => state !== 'failed').toSorted((a, b) => b.version - a.version)[0];
  return {
    mended: {
      version: Math.max(z.int().catch(0).parse(version), ...strikes.map((strike) => strike.version + 1)) + 1,
      last: last && lastStrike(last),
      veto: parts.veto,
      leash: parts.leash ?? (lost.length === 0 ? undefined : leashInPlaceOf(lost, now)),
      // One that is lost costs another try.
      ...(refused.success && { refusals: refused.data }),
    },
    lost,
  };
}

function leashInPlaceOf(lost: readonly string[], now: number): GroupLeash {
  const reason = `its ${lost.join(' and its ')} could not be read any more`;
  return { reason, by: './chaos ledger check', at: new Date(now).toISOString() };
}

/** Sets the last strike, and refusals where there are any; refuses where the standing is no longer at this version. */
export function changeLast(
  tableName: string,
  group: string,
  version: number,
  last: LastStrike | undefined,
  refusals?: Refusals,
): TransactWriteItem {
  const set = [
    '#version = :next',
    ...(last === undefined ? [] : ['#last = :last']),
    ...(refusals === undefined ? [] : ['#refusals = :refusals']),
  ];
  return {
    Update: {
      TableName: tableName,
      Key: standingKey(group),
      ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
      UpdateExpression: `SET ${set.join(', ')}${last === undefined ? ' REMOVE #last' : ''}`,
      ExpressionAttributeNames: {
        '#version': 'version',
        '#last': 'last',
        ...(refusals && { '#refusals': 'refusals' }),
      },
      ExpressionAttributeValues: {
        ...(version !== 0 && { ':version': attributeOf(version) }),
        ':next': attributeOf(version + 1),
        ...(last && { ':last': attributeOf(last) }),
        ...(refusals && { ':refusals': attributeOf(refusals) }),
      },
    },
  };
}

/** A leash that is there stays: a person may have set it. */
export function leashIfNone(
  tableName: string,
  group: string,
  leash: GroupLeash,
): readonly TransactWriteItem[] {
  return [
    change(tableName, group, ', #part = if_not_exists(#part, :part)', 'leash', leash),
    putHeldIfNone(tableName, group, leash),
  ];
}

function setPart(
  tableName: string,
  group: string,
  name: 'veto' | 'leash',
  value: Veto | GroupLeash | undefined,
): TransactWriteItem {
  return change(tableName, group, value === undefined ? ' REMOVE #part' : ', #part = :part', name, value);
}

function change(
  tableName: string,
  group: string,
  expression: string,
  name: string,
  value: object | undefined,
): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: standingKey(group),
      UpdateExpression: `SET #version = if_not_exists(#version, :zero) + :one${expression}`,
      ExpressionAttributeNames: { '#version': 'version', '#part': name },
      ExpressionAttributeValues: {
        ':zero': attributeOf(0),
        ':one': attributeOf(1),
        ...(value && { ':part': attributeOf(value) }),
      },
    },
  };
}

function standingKey(group: string): Item {
  return { pk: { S: `group#${group}` }, sk: { S: 'standing' } };
}
