import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { Lock } from '#core/model/strike.ts';
import { EndedUndo, type UndoEntry, UndoEntry as UndoEntrySchema } from '#core/model/undo-entry.ts';
import { type Item, itemOf } from './attributes.ts';
import { expressed } from './expressed.ts';
import { misplacedAt, type Read, readItem } from './read.ts';
import { inDays } from './table.ts';

/** Entries that are not closed: one query finds all that may be broken. */
export const undoPartition = 'undo';
export const endedPartition = 'ended';

/** An entry that was closed is kept for people. */
const keptDays = 90;

export function undoFrom(item: Item, tableName: string): Read<UndoEntry> {
  const id = item.sk?.S ?? '';
  const found = { tableName, key: undoKey(id), group: item.group?.S };
  const misplaced = misplacedAt(item, { id }, found);
  return misplaced === undefined ? readItem(UndoEntrySchema, item, found) : { unreadable: misplaced };
}

export function endedFrom(item: Item, tableName: string): Read<EndedUndo> {
  return readItem(EndedUndo, item, { tableName, key: item });
}

/** Puts a new entry. */
export function putUndo(tableName: string, entry: UndoEntry): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...undoKey(entry.id), ...itemOf(entry) },
      ...expressed({ ConditionExpression: 'attribute_not_exists(#pk)' }),
    },
  };
}

/** Puts the entry as it is to be, and refuses where it is not as it was seen. */
export function replaceUndo(tableName: string, seen: UndoEntry, entry: UndoEntry): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...undoKey(entry.id), ...itemOf(entry) },
      ...asSeen(seen),
    },
  };
}

export function deleteUndo(tableName: string, seen: UndoEntry): TransactWriteItem {
  return { Delete: { TableName: tableName, Key: undoKey(seen.id), ...asSeen(seen) } };
}

export function putEnded(tableName: string, ended: EndedUndo, now: number): TransactWriteItem {
  const Item = {
    ...itemOf({ pk: endedPartition, sk: `${ended.endedAt}#${ended.entry.id}` }),
    ...itemOf({ ...ended, expiresAt: inDays(keptDays, now) }),
  };
  return { Put: { TableName: tableName, Item } };
}

/** Takes a lock, and refuses with the one that stands where there is one. */
export function putLock(tableName: string, lock: Lock): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...lockKey(lock.arn), ...itemOf(lock) },
      ...expressed({ ConditionExpression: 'attribute_not_exists(#pk)' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Releases a lock. One that somebody has deleted by hand must not keep an entry open. */
export function deleteLock(tableName: string, arn: string): TransactWriteItem {
  return { Delete: { TableName: tableName, Key: lockKey(arn) } };
}

export function lockFrom(item: Item, tableName: string, arn: string): Read<Lock> {
  return readItem(Lock, item, { tableName, key: lockKey(arn) });
}

function asSeen({ revision }: UndoEntry) {
  return expressed({ ConditionExpression: '#revision = :revision' }, itemOf({ revision }));
}

function undoKey(id: string): Item {
  return itemOf({ pk: undoPartition, sk: id });
}

function lockKey(arn: string): Item {
  return itemOf({ pk: `lock#${arn}`, sk: 'lock' });
}
