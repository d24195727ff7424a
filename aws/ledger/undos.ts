import { type EndedUndo, UndoConflict, type UndoEntry } from '#core/model/undo-entry.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { splitReads } from './read.ts';
import { markUndone } from './strike-items.ts';
import type { LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';
import {
  deleteLock,
  deleteUndo,
  endedPartition,
  parseEnded,
  parseUndo,
  putEnded,
  replaceUndo,
  undoPartition,
} from './undo-items.ts';
import type { Write } from './writes.ts';

/** What it takes to undo strikes whose faults last. */
export function ledgerUndos(
  { tableName, readPartition, readNewest }: LedgerTable,
  transact: Transact,
  clock: Clock,
): Pick<Ledger, 'openUndos' | 'changeUndo' | 'contestUndo' | 'endUndo' | 'endedUndos'> {
  /** The first write is the entry's own. A strike that is not on record any more must not keep its entry from changing. */
  const change = async (
    entry: UndoEntry,
    writes: readonly Write[],
    undone?: { readonly undoneAt: string; readonly detail?: string },
  ) => {
    const strike = undone === undefined ? [] : [markUndone(entry, undone)];
    const refused = await transact([...writes, ...strike]);
    if (refused?.[0] !== undefined) throw new UndoConflict(entry.id);
    if (refused !== undefined && (await transact(writes)) !== undefined) throw new UndoConflict(entry.id);
  };

  return {
    openUndos: async () =>
      splitReads((await readPartition(undoPartition)).map((item) => parseUndo(item, tableName))),

    changeUndo: async (entry, changes) => {
      const changed: UndoEntry = { ...entry, ...changes, revision: entry.revision + 1 };
      await change(entry, [replaceUndo(entry, changed)]);
      return changed;
    },

    contestUndo: async (entry, changes, at) => {
      const changed: UndoEntry = { ...entry, ...changes, state: 'contested', revision: entry.revision + 1 };
      await change(entry, [replaceUndo(entry, changed)], { undoneAt: at });
      return changed;
    },

    endUndo: async (entry, end, endedAt, detail) => {
      const ended: EndedUndo = { entry, end, endedAt };
      const writes = [
        deleteUndo(entry),
        putEnded(ended, clock.now()),
        ...entry.locks.map((arn) => deleteLock(arn)),
      ];
      await change(entry, writes, { undoneAt: endedAt, ...(detail !== undefined && { detail }) });
    },

    endedUndos: async (limit) =>
      splitReads((await readNewest(endedPartition, limit)).map((item) => parseEnded(item, tableName))),
  };
}
