import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ledgerControl } from '#aws/ledger-control.ts';
import { ledgerTable } from '#aws/ledger-table.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { Region } from '#core/aws-names.ts';
import type { Stop } from '#core/ports.ts';
import { callerAwaited, whoCalls } from './caller.ts';
import { findStack, stackAwaited } from './deployed-stack.ts';
import { SentAttempts } from './sent-attempts.ts';
import { soon } from './soon.ts';
import type { StopProgress } from './stop-progress.ts';
import type { Surroundings } from './surroundings.ts';
import type { Waiting } from './waiting.ts';

/** A stop that was set. */
export interface SetStop {
  readonly table: string;
  readonly region: Region;
  /** Whose credentials these are; null where AWS did not say. */
  readonly account: string | null;
  readonly stop: Stop;
  /** The stop that was set before; null: none. Left out: not known. */
  readonly replaced?: Stop | null;
}

/** No attempt begins later: whoever waits must be told in time to stop by other means. */
const patienceMs = 15_000;
/** The same for the table's name, after which the table is still to be written. */
const lookUpPatienceMs = 5_000;

/**
 * Sets the stop, with as few calls, and as little to load, as can be: two calls tell whose credentials these are and which table it
 * is, one what is replaced, one sets it. A stop by an unknown is better than none.
 */
export async function setStop(
  wanted: { readonly region: Region; readonly table: string | undefined; readonly reason: string },
  progress: StopProgress,
  waiting: Waiting,
  surroundings: Pick<Surroundings, 'clients' | 'clock'>,
): Promise<SetStop> {
  const { region, reason } = wanted;
  const { clients, clock } = surroundings;
  const [caller, { table, control, sent, replaced }] = await Promise.all([
    waiting.on(
      callerAwaited,
      soon((giveUp) => whoCalls(surroundings, region, giveUp)),
    ),
    (async () => {
      const table =
        wanted.table ??
        (
          await waiting.on(
            stackAwaited(region),
            findStack(region, clients, { patienceMs: lookUpPatienceMs }),
          )
        ).tableName;
      progress.table = table;
      const client = clients(DynamoDBClient, { region, patienceMs });
      const sent = new SentAttempts();
      const control = ledgerControl(ledgerTable(client, table), newSecret);
      const replaced = await waiting.on(
        `table ${table} in ${region} to say what stop is set`,
        soon(async () => (await control.stop()) ?? null),
      );
      client.middlewareStack.use(sent.plugin);
      return { table, control, sent, replaced };
    })(),
  ]);
  const stop: Stop = {
    reason,
    by: caller?.arn ?? 'an unknown caller',
    at: new Date(clock.now()).toISOString(),
  };
  progress.mayBeSet = () => sent.mayHaveTakenEffect;
  await waiting.on(`table ${table} in ${region} to take the stop`, control.setStop(stop));
  return {
    table,
    region,
    account: caller?.account ?? null,
    stop,
    ...(replaced !== undefined && { replaced }),
  };
}
