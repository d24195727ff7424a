import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { lastStrike } from '#core/ledger/strike-states.ts';
import { GroupLeash, LastStrike, Refusals, Veto } from '#core/model/group-record.ts';
import { type Item, toItem, toRecord } from '../attributes.ts';
import { buildExpressions } from '../build-expressions.ts';
import { groupRecordKey } from '../group-records.ts';
import { writeHeldEntry } from '../held-groups.ts';
import type { LedgerContents } from './read-contents.ts';

/** What a record is read by. Attributes beside these are left as they are. */
const parts = ['version', 'last', 'veto', 'leash', 'refusals'] as const;

export interface MendedGroupRecord {
  /** One transaction. It refuses where the record is no longer as it was seen: a veto or a leash may have been set since. */
  readonly together: readonly TransactWriteItem[];
  /** What cannot be read. A leash stands in for it. */
  readonly lost: readonly string[];
}

/**
 * Mends a record that cannot be read with what of it can be and what the group's strikes say. Its version is above all that
 * decisions were made on, so that none of them claims on it.
 */
export function mendGroupRecord(
  group: string,
  item: Item,
  { tableName, strikes, unreadable }: Pick<LedgerContents, 'tableName' | 'strikes' | 'unreadable'>,
  now: number,
): MendedGroupRecord {
  const found = toRecord(item);
  const readable = {
    last: LastStrike.safeParse(found.last).data,
    veto: Veto.safeParse(found.veto).data,
    leash: GroupLeash.safeParse(found.leash).data,
    // One that is lost costs another try.
    refusals: Refusals.safeParse(found.refusals).data,
  };
  const ofGroup = strikes.filter((strike) => strike.group === group);
  const isAnyUnread = unreadable.some((one) => one.kind === 'strike' && one.item.group === group);
  const lost = [
    ...(readable.last === undefined && isAnyUnread ? ['last strike'] : []),
    ...(['veto', 'leash'] as const).filter(
      (name) => item[name] !== undefined && readable[name] === undefined,
    ),
  ];

  const latest = ofGroup
    .filter(({ state }) => state !== 'failed')
    .toSorted((a, b) => b.version - a.version)[0];
  const last = later(readable.last, latest && lastStrike(latest));
  const leash = readable.leash ?? (lost.length === 0 ? undefined : makeStandInLeash(lost, now));
  const known = z.int().catch(0).parse(found.version);
  const set = toItem({
    version: Math.max(known, ...ofGroup.map(({ version }) => version + 1)) + 1,
    last: last === readable.last ? undefined : last,
    leash: leash === readable.leash ? undefined : leash,
  });
  const remove = (['last', 'veto', 'leash', 'refusals'] as const).filter(
    (name) => item[name] !== undefined && readable[name] === undefined && set[name] === undefined,
  );
  return {
    together: [
      replaceIfUnchanged(tableName, group, item, set, remove),
      ...(lost.includes('veto') ? [writeHeldEntry(tableName, group, 'veto', undefined)] : []),
      ...(lost.length === 0 ? [] : [writeHeldEntry(tableName, group, 'leash', leash)]),
    ],
    lost,
  };
}

function replaceIfUnchanged(
  TableName: string,
  group: string,
  item: Item,
  set: Item,
  remove: readonly string[],
): TransactWriteItem {
  const named = (prefix: string, values: Item) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]));
  const seen = Object.fromEntries(
    parts.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
  );
  const sets = Object.keys(set).map((name) => `#${name} = :new_${name}`);
  const removes = remove.map((name) => `#${name}`);
  return {
    Update: {
      TableName,
      Key: groupRecordKey(group),
      ...buildExpressions(
        {
          ConditionExpression: parts
            .map((name) => (name in seen ? `#${name} = :seen_${name}` : `attribute_not_exists(#${name})`))
            .join(' AND '),
          UpdateExpression: `SET ${sets.join(', ')}${removes.length === 0 ? '' : ` REMOVE ${removes.join(', ')}`}`,
        },
        { ...named('seen', seen), ...named('new', set) },
      ),
    },
  };
}

/** What the record said where it is later: a strike may have been taken off the record. */
function later(said: LastStrike | undefined, struck: LastStrike | undefined): LastStrike | undefined {
  if (said === undefined || struck === undefined) return said ?? struck;
  return Date.parse(said.at) < Date.parse(struck.at) ? struck : said;
}

function makeStandInLeash(lost: readonly string[], now: number): GroupLeash {
  const reason = `its ${lost.join(' and its ')} could not be read any more`;
  return { reason, by: './chaos ledger check', at: new Date(now).toISOString() };
}
