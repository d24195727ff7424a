import { isOpen, locksOf } from '#core/ledger/strike-states.ts';
import { strikeKey } from '#core/model/strike.ts';
import { markUndone, strikeItemKey } from '../strike-items.ts';
import { lockKey, putLock, removeLock, undoKey } from '../undo-items.ts';
import { toTransactItem } from '../writes.ts';
import { type LedgerProblem, toLedgerKey } from './problem.ts';
import type { LedgerContents } from './read-contents.ts';

/** Open entries, their locks and their strikes that contradict each other. */
export function findUndoProblems(contents: LedgerContents, now: number): readonly LedgerProblem[] {
  return [...findLockProblems(contents), ...findSharedTargets(contents), ...findLostEntries(contents, now)];
}

/** The ids of entries that are open as far as anybody can tell. */
function openIds({ undos, unreadable }: LedgerContents): ReadonlySet<string> {
  const unread = unreadable.flatMap(({ kind, item: { sk } }) => (kind === 'undo' ? [sk] : []));
  return new Set([...undos.map(({ id }) => id), ...unread]);
}

function findLockProblems(contents: LedgerContents): readonly LedgerProblem[] {
  const { undos, locks, unreadable, tableName } = contents;
  const open = openIds(contents);
  const held = new Set(locks.map(({ arn }) => arn));
  const unread = new Set(unreadable.flatMap(({ kind, item: { pk } }) => (kind === 'lock' ? [pk] : [])));
  const stray = locks.filter(({ strike }) => !open.has(strike));
  const lost = undos
    .flatMap(locksOf)
    .filter(({ arn }) => !held.has(arn) && !unread.has(toLedgerKey(lockKey(arn)).pk));
  return [
    ...stray.map(
      (lock): LedgerProblem => ({
        ...{ problem: 'stray-lock', key: toLedgerKey(lockKey(lock.arn)), group: lock.group },
        why: `strike ${lock.strike} holds it, and has no open undo entry`,
        mend: [{ together: [toTransactItem(removeLock(lock), tableName)] }],
      }),
    ),
    ...lost.map(
      (lock): LedgerProblem => ({
        ...{ problem: 'lost-lock', key: toLedgerKey(lockKey(lock.arn)), group: lock.group },
        why: `strike ${lock.strike} is open, and does not hold it`,
        mend: [{ together: [toTransactItem(putLock(lock), tableName)] }],
      }),
    ),
  ];
}

/** Two open strikes on what only one may hold. */
function findSharedTargets({ undos, locks }: LedgerContents): readonly LedgerProblem[] {
  const holders = new Map(locks.map((lock) => [lock.arn, lock]));
  return undos.flatMap((entry) =>
    locksOf(entry).flatMap(({ arn, strike, group }): LedgerProblem[] => {
      const holder = holders.get(arn);
      if (holder === undefined || holder.strike === strike) return [];
      const why = `strike ${strike} is open, and ${holder.strike} of ${holder.group} holds its lock on ${arn}`;
      return [{ problem: 'shared-lock', key: toLedgerKey(undoKey(strike)), why, group, mend: [] }];
    }),
  );
}

/** Open strikes whose faults last, of which nobody knows any more how they are undone: they would wait for that for ever. */
function findLostEntries(contents: LedgerContents, now: number): readonly LedgerProblem[] {
  const open = openIds(contents);
  const endedAt = new Map(contents.ended.map(({ id, at }) => [id, at]));
  return contents.strikes.flatMap((strike): LedgerProblem[] => {
    const { undo, undoneAt, group } = strike;
    if (undo === undefined || undoneAt !== undefined || !isOpen(strike) || open.has(undo)) return [];
    const at = endedAt.get(undo);
    const undone = markUndone(strike, { undoneAt: at ?? new Date(now).toISOString() });
    return [
      {
        ...{ problem: 'lost-undo', key: toLedgerKey(strikeItemKey(strike)), group },
        why: `${strikeKey(strike)} waits for ${undo} to be undone, which ${at === undefined ? 'is not on record' : `ended at ${at}`}`,
        mend: [{ together: [toTransactItem(undone, contents.tableName)] }],
      },
    ];
  });
}
