import { createHash, randomUUID } from 'node:crypto';
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '#core/ports/clock.ts';
import type { Item } from './attributes.ts';
import { parseCounterKey } from './budgets.ts';
import type { LedgerTable } from './table.ts';
import { toTransactItem, type Write } from './writes.ts';

/** How long a transaction that conflicts with others is retried: as long as other calls to the ledger. */
const patienceMs = 4_000;
const firstDelayMs = 50;
const maxDelayMs = 1_000;

/** The condition of a write does not hold. */
export interface Refusal {
  /** The existing item, if the write asked for it. */
  readonly item: Item | undefined;
}

/**
 * Makes all writes or none. Returns undefined if they were made; otherwise a refusal at the index of each write whose condition does not
 * hold.
 *
 * A transaction has one token, however often it is sent: if its answer was lost, the repetition neither repeats its effect nor is
 * refused because of it. So every change to strikes and records is a transaction, even of a single item.
 */
export type Transact = (writes: readonly Write[]) => Promise<readonly (Refusal | undefined)[] | undefined>;

/** `name` must differ between processes. */
export function ledgerTransactions(
  { client, tableName, orLedgerError }: LedgerTable,
  clock: Clock,
  name: string,
): Transact {
  // Concurrent transactions that share an item cancel each other, so those that share a counter are queued. With a budget of the
  // organization, these are all claims of a run.
  const queues = new Map<string, LimitFunction>();
  const inTurn = (queue: string | undefined, send: () => Promise<unknown>): Promise<unknown> => {
    if (queue === undefined) return send();
    const limit = queues.get(queue) ?? pLimit(1);
    queues.set(queue, limit);
    return limit(send);
  };

  let delays = 0;
  return async (writes) => {
    const until = clock.now() + patienceMs;
    // The SDK would make a new one for each call.
    const ClientRequestToken = randomUUID();
    const queue = writes.map(findSharedCounter).find((counter) => counter !== undefined);
    for (let attempt = 0; ; attempt += 1) {
      const command = new TransactWriteItemsCommand({
        TransactItems: writes.map((write) => toTransactItem(write, tableName)),
        ClientRequestToken,
      });
      try {
        await inTurn(queue, () => client.send(command));
        return undefined;
      } catch (error) {
        const refusals = findRefusals(error);
        if (refusals !== undefined) return refusals;
        const delayMs = jitter(`${name} ${delays}`) * Math.min(firstDelayMs * 2 ** attempt, maxDelayMs);
        delays += 1;
        if (!isConflict(error) || clock.now() + delayMs >= until) return orLedgerError(Promise.reject(error));
        await clock.sleep(delayMs);
      }
    }
  };
}

/**
 * Names the queue. Budgets come widest first, so the first counter is the one that most other claims share. Counters that two queues
 * share, such as an app's in two accounts, may conflict, which is retried. A group is struck by one run at a time.
 */
function findSharedCounter({ Update }: Write): string | undefined {
  const budget = Update?.Key === undefined ? undefined : parseCounterKey(Update.Key);
  return budget === undefined || budget.scope === 'group' ? undefined : Update?.Key?.pk?.S;
}

/** Undefined unless a condition failed. */
function findRefusals(error: unknown): readonly (Refusal | undefined)[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const { CancellationReasons: reasons = [] } = error;
  const refusals = reasons.map(({ Code, Item }) =>
    Code === 'ConditionalCheckFailed' ? { item: Item } : undefined,
  );
  return refusals.some((refusal) => refusal !== undefined) ? refusals : undefined;
}

/** Transient reasons, for which the SDK does not retry. Source: API reference, TransactionCanceledException. */
const transient = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

function isConflict(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code = '' }) => transient.has(Code))
  );
}

/** In [0, 1), different for each name, so that two transactions that met do not meet again. Not random, so that simulations can be replayed. */
function jitter(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
}
