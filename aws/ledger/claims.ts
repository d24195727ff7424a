import { countIn } from '#core/ledger/budgets.ts';
import { isRepeated, lastStrike, locksOf, plannedStrike } from '#core/ledger/strike-states.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { incrementCounter } from './budgets.ts';
import { outdateRecord, updateLastStrike } from './group-records.ts';
import { valueOrThrow } from './read.ts';
import { parseStrike, putPointer, putStrike } from './strike-items.ts';
import { LedgerError, type LedgerTable } from './table.ts';
import type { Transact } from './transactions.ts';
import { parseLock, putLock, putUndo } from './undo-items.ts';

/**
 * A claim is one transaction over the strike, the pointer to it, its group's record, a counter for each budget and, if its fault lasts,
 * the undo entry, its locks, and the records of the other groups that it hits. The control item is not part of it: `begin` reads the stop.
 */
export function ledgerClaims(
  { tableName }: LedgerTable,
  transact: Transact,
  clock: Clock,
): Pick<Ledger, 'claim'> {
  return {
    claim: async (claim, undo) => {
      const { group, version, budgets, others: hit = [] } = claim;
      const none = budgets.find((budget) => budget.max < countIn(budget));
      if (none !== undefined) return { status: 'exhausted', budget: none };

      const now = clock.now();
      const locks = undo === undefined ? [] : locksOf(undo);
      const refused = await transact([
        putStrike(plannedStrike(claim), now),
        updateLastStrike(group, version, lastStrike(claim)),
        putPointer(claim),
        ...budgets.map((budget) => incrementCounter(budget, now)),
        ...locks.map(putLock),
        ...hit.map((one) => outdateRecord(one.group, one.version)),
        ...(undo ? [putUndo(undo)] : []),
      ]);
      if (refused === undefined) return { status: 'claimed' };

      const [taken, changed, , ...others] = refused;
      if (taken !== undefined) {
        const existing = valueOrThrow(parseStrike(taken.item ?? {}, tableName, claim));
        return isRepeated(claim, existing) ? { status: 'claimed' } : { status: 'taken', existing };
      }
      if (changed !== undefined) return { status: 'changed' };
      const budget = budgets.find((_, index) => others[index] !== undefined);
      if (budget !== undefined) return { status: 'exhausted', budget };
      const held = locks.findIndex((_, index) => others[budgets.length + index] !== undefined);
      const lock = locks[held];
      if (lock !== undefined) {
        const item = others[budgets.length + held]?.item ?? {};
        return { status: 'locked', lock: valueOrThrow(parseLock(item, tableName, lock.arn)) };
      }
      const other = hit.find((_, index) => others[budgets.length + locks.length + index] !== undefined);
      if (other !== undefined) return { status: 'changed', other: other.group };
      throw new LedgerError(
        `a claim on ${group} was refused, and no part of it says why`,
        tableName,
        refused,
      );
    },
  };
}
