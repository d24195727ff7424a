import { isRepeated, lastStrike, locksOf, plannedStrike } from '#core/ledger/strike-states.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { countUp } from './budgets.ts';
import { changeLast } from './group-records.ts';
import { orThrow } from './read.ts';
import { putPointer, putStrike, strikeFrom } from './strike-items.ts';
import { LedgerError, type LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';
import { lockFrom, putLock, putUndo } from './undo-items.ts';

/**
 * A claim is one transaction over the strike, its pointer among the open ones, its group's record, and a counter for each
 * budget. The control item is not in it; `begin` looks at the stop.
 */
export function ledgerClaims(
  { tableName }: LedgerTable,
  transact: Transact,
  clock: Clock,
): Pick<Ledger, 'claim'> {
  return {
    claim: async (claim, undo) => {
      const { group, version, budgets } = claim;
      // No counter that is not there yet would refuse it.
      const none = budgets.find(({ max }) => max < 1);
      if (none !== undefined) return { status: 'exhausted', budget: none };

      const now = clock.now();
      const locks = undo === undefined ? [] : locksOf(undo);
      const refused = await transact([
        putStrike(tableName, plannedStrike(claim), now),
        changeLast(tableName, group, version, lastStrike(claim)),
        putPointer(tableName, claim),
        ...budgets.map((budget) => countUp(tableName, budget, now)),
        ...locks.map((lock) => putLock(tableName, lock)),
        ...(undo ? [putUndo(tableName, undo)] : []),
      ]);
      if (refused === undefined) return { status: 'claimed' };

      const [taken, changed, , ...spent] = refused;
      if (taken !== undefined) {
        const existing = orThrow(strikeFrom(taken.item ?? {}, tableName, claim));
        return isRepeated(claim, existing) ? { status: 'claimed' } : { status: 'taken', existing };
      }
      if (changed !== undefined) return { status: 'changed' };
      const budget = budgets.find((_, index) => spent[index] !== undefined);
      if (budget !== undefined) return { status: 'exhausted', budget };
      const held = locks.findIndex((_, index) => spent[budgets.length + index] !== undefined);
      const holder = locks[held];
      if (holder !== undefined) {
        const item = spent[budgets.length + held]?.item ?? {};
        return { status: 'locked', lock: orThrow(lockFrom(item, tableName, holder.arn)) };
      }
      throw new LedgerError(
        `a claim on ${group} was refused, and no part of it says why`,
        tableName,
        refused,
      );
    },
  };
}
