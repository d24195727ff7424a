import pMap from 'p-map';
import * as z from 'zod';
import { countIn } from '#core/ledger/budgets.ts';
import { type Budget, type BudgetLimit, BudgetScope } from '#core/model/budget.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toItem } from './attributes.ts';
import { type ItemLocation, type Read, readItem, splitReads } from './read.ts';
import { inDays, type LedgerTable, readsAtOnce } from './table.ts';
import { update, type Write } from './writes.ts';

/** A day's counter is useless after that day; it is kept some weeks longer for people to read. */
const keptDays = 40;

/** Refused if the budget has no room for the strike. A counter that does not exist yet would not refuse. */
export function incrementCounter(budget: BudgetLimit, now: number): Write {
  const expiresAt = budget.over === 'unverified' ? undefined : inDays(keptDays, now);
  const expiry = expiresAt === undefined ? '' : ', #expiresAt = :expiresAt';
  return update(
    counterKey(budget),
    `SET #count = if_not_exists(#count, :zero) + :more${expiry}`,
    'attribute_not_exists(#count) OR #count < :below',
    toItem({ below: budget.max - countIn(budget) + 1, zero: 0, more: countIn(budget), expiresAt }),
  );
}

/** Refused if the counter no longer exists: it has expired, or somebody deleted it. */
export function decrementCounter(budget: BudgetLimit): Write {
  const values = toItem({ more: countIn(budget) });
  return update(counterKey(budget), 'SET #count = #count - :more', '#count >= :more', values);
}

export function ledgerBudgets({ tableName, get }: LedgerTable): Pick<Ledger, 'usage'> {
  const read = async (budget: Budget): Promise<Read<number>> => {
    const key = counterKey(budget);
    const item = await get(key);
    return item === undefined ? { value: 0 } : parseCounter(item, { tableName, key });
  };
  return {
    usage: async (budgets) => {
      const counts = await pMap(budgets, read, { concurrency: readsAtOnce });
      return {
        found: counts.map((count) => ('value' in count ? count.value : undefined)),
        unreadable: splitReads(counts).unreadable,
      };
    },
  };
}

export function counterKey({ scope, of, over }: Budget): Item {
  return toItem({ pk: `budget#${scope}#${of}`, sk: over === 'unverified' ? over : `day#${over}` });
}

/** Undefined if it is not the key of a counter. */
export function parseCounterKey({ pk, sk }: Item): Budget | undefined {
  const [, scope, of] = /^budget#([a-z]+)#(.*)$/s.exec(pk?.S ?? '') ?? [];
  const [, over] = /^(unverified|day#.+)$/.exec(sk?.S ?? '') ?? [];
  const known = BudgetScope.safeParse(scope);
  if (of === undefined || over === undefined || !known.success) return undefined;
  return { scope: known.data, of, over: over.replace(/^day#/, '') };
}

export function parseCounter(item: Item, location: ItemLocation): Read<number> {
  const read = readItem(CounterItem, item, location);
  return 'value' in read ? { value: read.value.count } : read;
}

/** A counter below 0 would allow more strikes than the budget. */
const CounterItem = z.object({ count: z.int().nonnegative() });
