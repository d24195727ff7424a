import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import * as z from 'zod';
import { type Budget, type BudgetLimit, BudgetScope } from '#core/model/budget.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { type ItemLocation, type Read, readItem, splitReads } from './read.ts';
import { inDays, type LedgerTable, readsAtOnce } from './table.ts';

/** A day's counter is of no use once the day is over; some weeks for people who look. */
const keptDays = 40;

/** Counts one more, and refuses where the budget is exhausted. */
export function incrementCounter(tableName: string, budget: BudgetLimit, now: number): TransactWriteItem {
  const expiresAt = budget.over === 'unverified' ? undefined : inDays(keptDays, now);
  const expiry = expiresAt === undefined ? '' : ', #expiresAt = :expiresAt';
  return {
    Update: {
      TableName: tableName,
      Key: counterKey(budget),
      ...buildExpressions(
        {
          ConditionExpression: 'attribute_not_exists(#count) OR #count < :max',
          UpdateExpression: `SET #count = if_not_exists(#count, :zero) + :one${expiry}`,
        },
        toItem({ max: budget.max, zero: 0, one: 1, expiresAt }),
      ),
    },
  };
}

/** Counts one less, and refuses where there is none: the counter has expired, or somebody has deleted it. */
export function decrementCounter(tableName: string, budget: Budget): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: counterKey(budget),
      ...buildExpressions(
        { ConditionExpression: '#count >= :one', UpdateExpression: 'SET #count = #count - :one' },
        toItem({ one: 1 }),
      ),
    },
  };
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

/** Undefined for the key of anything but a counter. */
export function parseCounterKey({ pk, sk }: Item): Budget | undefined {
  const [, scope, of] = /^budget#([a-z]+)#(.*)$/s.exec(pk?.S ?? '') ?? [];
  const [, over] = /^(unverified|day#.+)$/.exec(sk?.S ?? '') ?? [];
  const known = BudgetScope.safeParse(scope);
  if (of === undefined || over === undefined || !known.success) return undefined;
  return { scope: known.data, of, over: over.replace(/^day#/, '') };
}

export function parseCounter(item: Item, found: ItemLocation): Read<number> {
  const read = readItem(CounterItem, item, found);
  return 'value' in read ? { value: read.value.count } : read;
}

/** One below 0 would let strikes through that it should hold back. */
const CounterItem = z.object({ count: z.int().nonnegative() });
