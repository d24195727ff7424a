import { type EndedUndo, UndoConflict, type UndoEntry } from '#core/model/undo-entry.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { sortedOut } from './read.ts';
import { markUndone } from './strike-items.ts';
import type { LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';
import {
  deleteLock,
  deleteUndo,
  endedFrom,
  endedPartition,
  putEnded,
  replaceUndo,
  undoFrom,
  undoPartition,
} from './undo-items.ts';

/** What it takes to undo strikes whose faults last. */
export function ledgerUndos(
  { tableName, partition, newest }: LedgerTable,
  transact: Transact,
  clock: Clock,
): Pick<Ledger, 'openUndos' | 'changeUndo' | 'contestUndo' | 'endUndo' | 'endedUndos'> {
  /** The first part is the entry's own; a strike that is not on record any more must not keep its entry from changing. */
  const change = async (entry: UndoEntry, parts: Parameters<Transact>[0], undoneAt?: string) => {
    const strike = undoneAt === undefined ? [] : [markUndone(tableName, entry, undoneAt)];
    const refused = await transact([...parts, ...strike]);
    if (refused?.[0] !== undefined) throw new UndoConflict(entry.id);
    if (refused !== undefined && (await transact(parts)) !== undefined) throw new UndoConflict(entry.id);
  };

  return {
    openUndos: async () =>
      sortedOut((await partition(undoPartition)).map((item) => undoFrom(item, tableName))),

    changeUndo: async (entry, changes) => {
      const changed: UndoEntry = { ...entry, ...changes, revision: entry.revision + 1 };
      await change(entry, [replaceUndo(tableName, entry, changed)]);
      return changed;
    },

    contestUndo: async (entry, problem, at) => {
      const changed: UndoEntry = { ...entry, state: 'contested', problem, revision: entry.revision + 1 };
      await change(entry, [replaceUndo(tableName, entry, changed)], at);
      return changed;
    },

    endUndo: async (entry, end, endedAt) => {
      const ended: EndedUndo = { entry, end, endedAt };
      const parts = [
        deleteUndo(tableName, entry),
        putEnded(tableName, ended, clock.now()),
        ...entry.locks.map((arn) => deleteLock(tableName, arn)),
      ];
      await change(entry, parts, endedAt);
    },

    endedUndos: async (limit) =>
      sortedOut((await newest(endedPartition, limit)).map((item) => endedFrom(item, tableName))),
  };
}
