import { Lock } from '#core/model/strike.ts';
import { EndedUndo, UndoEntry } from '#core/model/undo-entry.ts';
import type { UnreadableUndo } from '#core/model/unreadable-item.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { findMisplaced, type Read, readItem } from './read.ts';
import { inDays } from './table.ts';
import type { Write } from './writes.ts';

/** Holds all open entries, so that a single query finds all that may be broken. */
export const undoPartition = 'undo';
export const endedPartition = 'ended';
export const lockPrefix = 'lock#';

/** Closed entries are kept for people. */
const keptDays = 90;

export function parseUndo(item: Item, tableName: string): Read<UndoEntry, UnreadableUndo> {
  const id = item.sk?.S ?? '';
  const found = { tableName, key: undoKey(id), group: item.group?.S };
  const misplaced = findMisplaced(item, { id }, found);
  const read = misplaced === undefined ? readItem(UndoEntry, item, found) : { unreadable: misplaced };
  if ('value' in read) return read;
  const runId = item.runId?.S;
  const byHand = item.byHand?.L?.flatMap(({ S }) => S ?? []) ?? [];
  return { unreadable: { ...read.unreadable, ...(runId !== undefined && { runId }), byHand } };
}

export function parseEnded(item: Item, tableName: string): Read<EndedUndo> {
  return readItem(EndedUndo, item, { tableName, key: item });
}

/** Refused if there is one. */
export function putUndo(entry: UndoEntry): Write {
  return {
    Put: {
      Item: { ...undoKey(entry.id), ...toItem(entry) },
      ...buildExpressions({ ConditionExpression: 'attribute_not_exists(#pk)' }),
    },
  };
}

/** Refused unless the entry is as it was read. */
export function replaceUndo(read: UndoEntry, entry: UndoEntry): Write {
  return { Put: { Item: { ...undoKey(entry.id), ...toItem(entry) }, ...requireRevision(read) } };
}

/** Refused unless the entry is as it was read. */
export function deleteUndo(read: UndoEntry): Write {
  return { Delete: { Key: undoKey(read.id), ...requireRevision(read) } };
}

export function putEnded(ended: EndedUndo, now: number): Write {
  const key = toItem({ pk: endedPartition, sk: `${ended.endedAt}#${ended.entry.id}` });
  return { Put: { Item: { ...key, ...toItem({ ...ended, expiresAt: inDays(keptDays, now) }) } } };
}

/** Refused, with the existing lock, if there is one. */
export function putLock(lock: Lock): Write {
  return {
    Put: {
      Item: { ...lockKey(lock.arn), ...toItem(lock) },
      ...buildExpressions({ ConditionExpression: 'attribute_not_exists(#pk)' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Never refused: a lock that somebody deleted by hand must not keep an entry open. */
export function deleteLock(arn: string): Write {
  return { Delete: { Key: lockKey(arn) } };
}

/** Refused if another strike holds it by now. */
export function removeLock({ arn, strike }: Lock): Write {
  const isHeld = buildExpressions({ ConditionExpression: '#strike = :strike' }, toItem({ strike }));
  return { Delete: { Key: lockKey(arn), ...isHeld } };
}

export function parseLock(item: Item, tableName: string, arn: string): Read<Lock> {
  const found = { tableName, key: lockKey(arn), group: item.group?.S };
  const misplaced = findMisplaced(item, { arn }, found);
  return misplaced === undefined ? readItem(Lock, item, found) : { unreadable: misplaced };
}

function requireRevision({ revision }: UndoEntry) {
  return buildExpressions({ ConditionExpression: '#revision = :revision' }, toItem({ revision }));
}

export function undoKey(id: string): Item {
  return toItem({ pk: undoPartition, sk: id });
}

export function lockKey(arn: string): Item {
  return toItem({ pk: `${lockPrefix}${arn}`, sk: 'lock' });
}
