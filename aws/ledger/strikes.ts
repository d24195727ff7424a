import pMap from 'p-map';
import { isOpen, oldestFirst } from '#core/ledger/strike-states.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { splitReads } from './read.ts';
import { readOpenPointers, readStrike, readStrikes } from './strike-items.ts';
import { type LedgerTable, readsAtOnce } from './table.ts';

export function ledgerStrikes(table: LedgerTable): Pick<Ledger, 'openStrikes' | 'recentStrikes'> {
  return {
    openStrikes: async () => {
      const pointers = splitReads(await readOpenPointers(table));
      const strikes = await pMap(pointers.found, (place) => readStrike(table, place), {
        concurrency: readsAtOnce,
      });
      const read = splitReads(strikes.filter((strike) => strike !== undefined));
      return {
        // A strike may have been withdrawn or closed since its pointer was read.
        found: read.found.filter(isOpen).toSorted(oldestFirst),
        unreadable: [...pointers.unreadable, ...read.unreadable],
      };
    },

    // Reads all of them, as slots outside the schedule do not sort by time.
    recentStrikes: async (group, limit) => {
      const { found, unreadable } = splitReads(await readStrikes(table, group));
      return { found: found.toSorted(oldestFirst).reverse().slice(0, limit), unreadable };
    },
  };
}
