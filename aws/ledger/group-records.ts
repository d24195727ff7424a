import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { type GroupLeash, GroupRecord, type LastStrike, type Refusals } from '#core/model/group-record.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toAttribute, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { type Holds, heldLeashItem, writeHeldEntry } from './held-groups.ts';
import { type Read, readItem, splitReads } from './read.ts';
import { LedgerError, type LedgerTable, readsAtOnce } from './table.ts';
import type { Transact } from './transactions.ts';

/** What stands about groups: an item each, from the first change on, which never expires. */
export function ledgerGroupRecords(
  table: LedgerTable,
  transact: Transact,
): Pick<Ledger, 'groupRecords' | 'setVeto' | 'setLeash'> {
  const { tableName } = table;
  return {
    groupRecords: async (groups) => {
      const read = await pMap(groups, (group) => readGroupRecord(table, group), { concurrency: readsAtOnce });
      const found = groups.flatMap((group, index) => {
        const record = read[index];
        return record !== undefined && 'value' in record ? [[group, record.value] as const] : [];
      });
      return { found: new Map(found), unreadable: splitReads(read).unreadable };
    },
    setVeto: (group, veto) => setPart(group, 'veto', veto),
    setLeash: (group, leash) => setPart(group, 'leash', leash),
  };

  async function setPart<Name extends keyof Holds>(
    group: string,
    name: Name,
    value: Holds[Name] | undefined,
  ): Promise<void> {
    for (let look = 0; look < maxTries; look += 1) {
      const item = await table.get(groupRecordKey(group), 'version');
      const to = value && toAttribute(value);
      const refused = await transact([
        change(tableName, group, name, to, counting(item)),
        writeHeldEntry(tableName, group, name, value),
      ]);
      if (refused === undefined) return;
    }
    throw keepsChangingError(group, tableName);
  }
}

/** Somebody else changes a group's record between a look at it and the transaction: hardly ever twice. */
export const maxTries = 10;

export function keepsChangingError(group: string, tableName: string): LedgerError {
  return new LedgerError(`the record of ${group} changes all the time`, tableName, undefined);
}

export async function readGroupRecord(
  { tableName, get }: LedgerTable,
  group: string,
): Promise<Read<GroupRecord>> {
  const item = await get(groupRecordKey(group));
  return parseGroupRecord(item ?? { version: { N: '0' } }, tableName, group);
}

export function parseGroupRecord(item: Item, tableName: string, group: string): Read<GroupRecord> {
  return readItem(GroupRecord, item, { tableName, key: groupRecordKey(group), group });
}

/** Sets the last strike, and refusals where there are any; refuses where the record is no longer at this version. */
export function updateLastStrike(
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
      Key: groupRecordKey(group),
      ...buildExpressions(
        {
          ConditionExpression: `${version === 0 ? 'attribute_not_exists(#version) OR ' : ''}#version = :version`,
          UpdateExpression: `SET ${set.join(', ')}${last === undefined ? ' REMOVE #last' : ''}`,
        },
        toItem({ version, next: version + 1, last, refusals }),
      ),
    },
  };
}

/**
 * Sets a leash where there is none, and lists the one that there is then: one that is there stays, as a person may have set it.
 * Refuses where that has changed since the look. `unreadable` is the record, which is leashed all the same.
 */
export async function leashIfNone(
  { tableName, get }: LedgerTable,
  group: string,
  leash: GroupLeash,
): Promise<{ readonly parts: readonly TransactWriteItem[]; readonly unreadable: readonly UnreadableItem[] }> {
  const item = await get(groupRecordKey(group));
  const there = item?.leash;
  const to = there ?? toAttribute(leash);
  const condition = there === undefined ? 'attribute_not_exists(#leash)' : '#leash = :leash';
  return {
    parts: [
      change(tableName, group, 'leash', to, counting(item), condition),
      { Put: { TableName: tableName, Item: heldLeashItem(group, to) } },
    ],
    unreadable: item === undefined ? [] : splitReads([parseGroupRecord(item, tableName, group)]).unreadable,
  };
}

/** How a change is counted. A version that is no number cannot be: no claim is made on it, so the change is safe without. */
interface Counting {
  readonly set?: string;
  readonly values: Item;
  readonly condition?: string;
}

function counting(item: Item | undefined): Counting {
  const isNumber = item?.version === undefined || item.version.N !== undefined;
  return isNumber
    ? { set: '#version = if_not_exists(#version, :zero) + :one', values: toItem({ zero: 0, one: 1 }) }
    : {
        values: toItem({ number: 'N' }),
        condition: 'attribute_exists(#version) AND NOT attribute_type(#version, :number)',
      };
}

function change(
  tableName: string,
  group: string,
  name: keyof Holds,
  value: AttributeValue | undefined,
  { set, values, condition }: Counting,
  partCondition?: string,
): TransactWriteItem {
  const joined = (parts: readonly (string | undefined)[], by: string) =>
    parts.filter((part) => part !== undefined).join(by);
  const sets = joined([set, value && `#${name} = :${name}`], ', ');
  return {
    Update: {
      TableName: tableName,
      Key: groupRecordKey(group),
      ...buildExpressions(
        {
          ConditionExpression: joined([condition, partCondition], ' AND '),
          UpdateExpression: joined(
            [sets && `SET ${sets}`, value ? undefined : `REMOVE #${name}`],
            ' ',
          ).trim(),
        },
        { ...values, ...(value && { [name]: value }) },
      ),
    },
  };
}

/** Refuses where a group's record is no longer at this version; undefined: where there is one by now. */
export function requireVersion(
  TableName: string,
  group: string,
  version: number | undefined,
): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName,
      Key: groupRecordKey(group),
      ...(version === undefined
        ? buildExpressions({ ConditionExpression: 'attribute_not_exists(#pk)' })
        : buildExpressions({ ConditionExpression: '#version = :version' }, toItem({ version }))),
    },
  };
}

export function groupRecordKey(group: string): Item {
  return toItem({ pk: `group#${group}`, sk: 'record' });
}
