import pMap from 'p-map';
import { isOpen, oldestFirst } from '#core/ledger-rules.ts';
import type { Ledger } from '#core/ports.ts';
import { openPointers, readStrike, readStrikes } from './ledger-strike-items.ts';
import { type LedgerTable, readsAtOnce } from './ledger-table.ts';

/** Strikes on record, for those who look. */
export function ledgerStrikes(table: LedgerTable): Pick<Ledger, 'openStrikes' | 'recentStrikes'> {
  return {
    openStrikes: async () => {
      const pointers = await openPointers(table);
      const strikes = await pMap(pointers, (pointer) => readStrike(table, pointer), {
        concurrency: readsAtOnce,
      });
      // A strike may have been withdrawn or closed since its pointer was read.
      return strikes
        .filter((strike) => strike !== undefined)
        .filter(isOpen)
        .sort(oldestFirst);
    },

    // All are read, as slots outside the schedule do not sort by time.
    recentStrikes: async (group, limit) =>
      (await readStrikes(table, group)).toSorted(oldestFirst).reverse().slice(0, limit),
  };
}
