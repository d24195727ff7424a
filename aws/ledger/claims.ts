import { isRepeated, lastStrike, plannedStrike } from '#core/ledger/strike-states.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { incrementCounter } from './budgets.ts';
import { updateLastStrike } from './group-records.ts';
import { valueOrThrow } from './read.ts';
import { parseStrike, putPointer, putStrike } from './strike-items.ts';
import { LedgerError, type LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';

/**
 * A claim is one transaction over the strike, the pointer to it, its group's record, and a counter for each budget. The control item is
 * not part of it: `begin` reads the stop.
 */
export function ledgerClaims(
  { tableName }: LedgerTable,
  transact: Transact,
  clock: Clock,
): Pick<Ledger, 'claim'> {
  return {
    claim: async (claim) => {
      const { group, version, budgets } = claim;
      // A counter that does not exist yet would not refuse.
      const none = budgets.find(({ max }) => max < 1);
      if (none !== undefined) return { status: 'exhausted', budget: none };

      const now = clock.now();
      const refused = await transact([
        putStrike(plannedStrike(claim), now),
        updateLastStrike(group, version, lastStrike(claim)),
        putPointer(claim),
        ...budgets.map((budget) => incrementCounter(budget, now)),
      ]);
      if (refused === undefined) return { status: 'claimed' };

      const [taken, changed, , ...exhausted] = refused;
      if (taken !== undefined) {
        const existing = valueOrThrow(parseStrike(taken.item ?? {}, tableName, claim));
        return isRepeated(claim, existing) ? { status: 'claimed' } : { status: 'taken', existing };
      }
      if (changed !== undefined) return { status: 'changed' };
      const budget = budgets.find((_, index) => exhausted[index] !== undefined);
      if (budget !== undefined) return { status: 'exhausted', budget };
      throw new LedgerError(
        `a claim on ${group} was refused, and no part of it says why`,
        tableName,
        refused,
      );
    },
  };
}
