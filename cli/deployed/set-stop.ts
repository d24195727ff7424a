import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ledgerControl } from '#aws/ledger/control.ts';
import { ledgerTable } from '#aws/ledger/table.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { Region } from '#core/model/aws-names.ts';
import type { Stop } from '#core/model/control-record.ts';
import type { CliContext } from '../context/cli-context.ts';
import { bestEffort } from '../context/within.ts';
import type { WaitNotice } from '../terminal/wait-notice.ts';
import { callerWaitText, getCallerIdentity } from './caller-identity.ts';
import type { StopProgress } from './stop-progress.ts';
import { explainMissingTable, findStopTable, type StopPlace, stopPatienceMs } from './stop-table.ts';
import { WriteTracker } from './write-tracker.ts';

/** The result of setting the stop. */
export interface SetStop {
  readonly table: string;
  readonly region: Region;
  /** The account of the credentials; null if AWS did not say. */
  readonly account: string | null;
  readonly stop: Stop;
  /** The previous stop; null if there was none. Absent if unknown. */
  readonly replaced?: Stop | null;
}

/**
 * Sets the stop with as few calls and as little code as possible: two parallel calls find the caller and the table, one reads the
 * previous stop, one sets the new one. A stop by an unknown caller is better than none.
 */
export async function setStop(
  wanted: StopPlace & { readonly reason: string },
  progress: StopProgress,
  waiting: WaitNotice,
  context: Pick<CliContext, 'clients' | 'clock'>,
): Promise<SetStop> {
  const { region, reason } = wanted;
  const { clients, clock } = context;
  const asksCaller = waiting.during(
    callerWaitText,
    bestEffort((giveUp) => getCallerIdentity(context, region, giveUp)),
  );
  const [caller, { table, control, sent, replaced }] = await Promise.all([
    asksCaller,
    (async () => {
      const table = await findStopTable(wanted, asksCaller, waiting, clients);
      progress.table = table;
      const client = clients(DynamoDBClient, { region, patienceMs: stopPatienceMs });
      const sent = new WriteTracker();
      const control = ledgerControl(ledgerTable(client, table), newSecret);
      const replaced = await waiting.during(
        `table ${table} in ${region} to return the current stop`,
        bestEffort(async () => (await control.stop()) ?? null),
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
  const setting = control.setStop(stop).catch((error: unknown) => {
    throw explainMissingTable(error, { ...wanted, table }, caller?.account);
  });
  await waiting.during(`table ${table} in ${region} to store the stop`, setting);
  return {
    table,
    region,
    account: caller?.account ?? null,
    stop,
    ...(replaced !== undefined && { replaced }),
  };
}
