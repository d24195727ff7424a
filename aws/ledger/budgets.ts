import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import * as z from 'zod';
import { type Budget, type BudgetLimit, BudgetScope } from '#core/model/budget.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, itemOf } from './attributes.ts';
import { expressed } from './expressed.ts';
import { type Found, type Read, readItem, sortedOut } from './read.ts';
import { inDays, type LedgerTable, readsAtOnce } from './table.ts';

/** A day's counter is of no use once the day is over; some weeks for people who look. */
const keptDays = 40;

/** Counts one more, and refuses where the budget is exhausted. */
export function countUp(tableName: string, budget: BudgetLimit, now: number): TransactWriteItem {
  const expiresAt = budget.over === 'unverified' ? undefined : inDays(keptDays, now);
  const expiry = expiresAt === undefined ? '' : ', #expiresAt = :expiresAt';
  return {
    Update: {
      TableName: tableName,
      Key: counterKey(budget),
      ...expressed(
        {
          ConditionExpression: 'attribute_not_exists(#count) OR #count < :max',
          UpdateExpression: `SET #count = if_not_exists(#count, :zero) + :one${expiry}`,
        },
        itemOf({ max: budget.max, zero: 0, one: 1, expiresAt }),
      ),
    },
  };
}

/** Counts one less, and refuses where there is none: the counter has expired, or somebody has deleted it. */
export function countDown(tableName: string, budget: Budget): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: counterKey(budget),
      ...expressed(
        { ConditionExpression: '#count >= :one', UpdateExpression: 'SET #count = #count - :one' },
        itemOf({ one: 1 }),
      ),
    },
  };
}

export function ledgerBudgets({ tableName, get }: LedgerTable): Pick<Ledger, 'usage'> {
  const read = async (budget: Budget): Promise<Read<number>> => {
    const key = counterKey(budget);
    const item = await get(key);
    return item === undefined ? { value: 0 } : countFrom(item, { tableName, key });
  };
  return {
    usage: async (budgets) => {
      const counts = await pMap(budgets, read, { concurrency: readsAtOnce });
      return {
        found: counts.map((count) => ('value' in count ? count.value : undefined)),
        unreadable: sortedOut(counts).unreadable,
      };
    },
  };
}

export function counterKey({ scope, of, over }: Budget): Item {
  return itemOf({ pk: `budget#${scope}#${of}`, sk: over === 'unverified' ? over : `day#${over}` });
}

/** Undefined for the key of anything but a counter. */
export function budgetOfKey({ pk, sk }: Item): Budget | undefined {
  const [, scope, of] = /^budget#([a-z]+)#(.*)$/s.exec(pk?.S ?? '') ?? [];
  const [, over] = /^(unverified|day#.+)$/.exec(sk?.S ?? '') ?? [];
  const known = BudgetScope.safeParse(scope);
  if (of === undefined || over === undefined || !known.success) return undefined;
  return { scope: known.data, of, over: over.replace(/^day#/, '') };
}

export function countFrom(item: Item, found: Found): Read<number> {
  const read = readItem(CounterItem, item, found);
  return 'value' in read ? { value: read.value.count } : read;
}

/** One below 0 would let strikes through that it should hold back. */
const CounterItem = z.object({ count: z.int().nonnegative() });
