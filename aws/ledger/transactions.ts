import { createHash, randomUUID } from 'node:crypto';
import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '#core/ports/clock.ts';
import type { Item } from './attributes.ts';
import { parseCounterKey } from './budgets.ts';
import type { LedgerTable } from './table.ts';
import { stampWrite } from './version.ts';

/** How long a transaction that meets another one is tried again. As long as other calls to the ledger. */
const patienceMs = 4_000;
const firstDelayMs = 50;
const maxDelayMs = 1_000;

/** A part of a transaction whose condition does not hold, and the item as it is, where the part asks for it. */
export interface Refusal {
  readonly item: Item | undefined;
}

/**
 * Does all parts or none. Undefined when they are done; otherwise what refused, by the place of the part.
 *
 * Each transaction has one token, however often it is sent: one whose answer was lost is not done again, and not refused by
 * what it did itself. So all changes to strikes and records are made here, also those of a single item.
 */
export type Transact = (
  parts: readonly TransactWriteItem[],
) => Promise<readonly (Refusal | undefined)[] | undefined>;

/** `name` tells this process from all others that may try at the same moment. */
export function ledgerTransactions({ client, asked }: LedgerTable, clock: Clock, name: string): Transact {
  // One after another where they share a counter: transactions that are under way at the same moment cancel each other where
  // they share an item. With a budget of the organization that is all claims of a run.
  const queues = new Map<string, LimitFunction>();
  const inTurn = (queue: string | undefined, send: () => Promise<unknown>): Promise<unknown> => {
    if (queue === undefined) return send();
    const limit = queues.get(queue) ?? pLimit(1);
    queues.set(queue, limit);
    return limit(send);
  };

  let delays = 0;
  return async (parts) => {
    const until = clock.now() + patienceMs;
    // Of our own: the SDK makes up another for each call.
    const ClientRequestToken = randomUUID();
    const queue = parts.map(findSharedCounter).find((counter) => counter !== undefined);
    for (let attempt = 0; ; attempt += 1) {
      const command = new TransactWriteItemsCommand({
        TransactItems: parts.map(stampWrite),
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
        if (!isConflict(error) || clock.now() + delayMs >= until) return asked(Promise.reject(error));
        await clock.sleep(delayMs);
      }
    }
  };
}

/**
 * What names the queue: budgets come widest first, so that the first counter is the one that most others share. What two queues
 * still share, an app's counter in two accounts, is tried again where they meet. A group is struck by one run at a time.
 */
function findSharedCounter({ Update }: TransactWriteItem): string | undefined {
  const budget = Update?.Key === undefined ? undefined : parseCounterKey(Update.Key);
  return budget === undefined || budget.scope === 'group' ? undefined : Update?.Key?.pk?.S;
}

/** Undefined for an error that is no failed condition. */
function findRefusals(error: unknown): readonly (Refusal | undefined)[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const { CancellationReasons: reasons = [] } = error;
  const refusals = reasons.map(({ Code, Item }) =>
    Code === 'ConditionalCheckFailed' ? { item: Item } : undefined,
  );
  return refusals.some((refusal) => refusal !== undefined) ? refusals : undefined;
}

/** Reasons that pass by themselves. Source: API reference, TransactionCanceledException. The SDK does not retry for them. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

function isConflict(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code = '' }) => passing.has(Code))
  );
}

/** In [0, 1), another for each name, so that two that met do not meet again. Not random: a simulation can be replayed. */
function jitter(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
}
