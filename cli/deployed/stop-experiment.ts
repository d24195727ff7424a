import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { AccountId, Region } from '#core/model/aws-names.ts';
import type { ExperimentLedger, ExperimentStop } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { bestEffort } from '../context/within.ts';
import { accountsText } from '../render/accounts.ts';
import { line } from '../render/layout.ts';
import type { WaitNotice } from '../terminal/wait-notice.ts';
import { callerWaitText, getCallerIdentity } from './caller-identity.ts';
import type { StopProgress } from './stop-progress.ts';
import { explainMissingTable, findStopTable, type StopPlace, stopPatienceMs } from './stop-table.ts';
import { WriteTracker } from './write-tracker.ts';

/** An experiment that is to end, or was over before. */
export interface StoppedExperiment {
  readonly id: string;
  readonly region: Region;
  readonly table: string;
  readonly ledger: Ledger & ExperimentLedger;
  /** The account of the credentials; undefined if AWS did not say. */
  readonly account: AccountId | undefined;
  /** Undefined: it was over. */
  readonly stop: ExperimentStop | undefined;
}

export interface ExperimentStopProgress extends StopProgress {
  id?: string;
}

/**
 * Writes the stop of an experiment to the ledger, which whoever runs it reads every second while a fault is in place. Without an id, of
 * the only one that runs. No function is asked: one that is throttled must not stand in its way.
 */
export async function stopExperiment(
  wanted: StopPlace & { readonly id: string | undefined; readonly reason: string; readonly flags: string },
  progress: ExperimentStopProgress,
  waiting: WaitNotice,
  { clients, clock }: Pick<CliContext, 'clients' | 'clock'>,
): Promise<StoppedExperiment> {
  const { region, reason, master, flags } = wanted;
  const asksCaller = waiting.during(
    callerWaitText,
    bestEffort((giveUp) => getCallerIdentity({ clients }, region, giveUp)),
  );
  const table = await findStopTable(wanted, asksCaller, waiting, clients);
  progress.table = table;
  const client = clients(DynamoDBClient, { region, patienceMs: stopPatienceMs });
  const sent = new WriteTracker();
  client.middlewareStack.use(sent.plugin);
  const ledger = dynamoLedger({ client, tableName: table, newSecret, clock });
  const during = <Value>(doing: string, call: Promise<Value>): Promise<Value> =>
    waiting.during(`table ${table} in ${region} to ${doing}`, call).catch(async (error: unknown) => {
      throw explainMissingTable(error, { ...wanted, table }, (await asksCaller)?.account);
    });
  const id = wanted.id ?? onlyOne(await during('list what is running', ledger.runningExperiments()), flags);
  progress.id = id;
  const caller = await asksCaller;
  const stop: ExperimentStop = {
    ...{ reason, by: caller?.arn ?? 'an unknown caller' },
    // By AWS's clock, as far as it is known: the janitor counts from it.
    at: new Date(clock.now() + (clients.skew.offsetMs() ?? 0)).toISOString(),
  };
  progress.mayBeSet = () => sent.mayHaveTakenEffect;
  const found = { id, region, table, ledger, account: caller?.account };
  if (await during('store the stop', ledger.stopExperiment(id, stop))) return { ...found, stop };
  if ((await during('answer', ledger.experiment(id))) !== undefined) return { ...found, stop: undefined };
  const accounts =
    caller !== undefined && master !== undefined && caller.account !== master
      ? `\n  ${accountsText(caller.account, master)}`
      : '';
  throw new CliError(
    `There is no experiment ${id} in table ${table}. Those that run: ./chaos experiment status${flags}${accounts}`,
    exitCodes.badUsage,
  );
}

function onlyOne(
  { found, unreadable }: Awaited<ReturnType<ExperimentLedger['runningExperiments']>>,
  flags: string,
): string {
  const ids = [...found.map(describe), ...unreadable.map(({ sk }) => line(sk))];
  const [only] = found;
  if (only !== undefined && ids.length === 1) return only.id;
  throw new CliError(
    ids.length === 0
      ? 'No experiment is running in AWS. One with --sandbox is stopped by Ctrl-C, where it runs.'
      : `Say which: ./chaos experiment stop ID${flags}\n${ids.map((one) => `  ${one}`).join('\n')}`,
    exitCodes.badUsage,
  );
}

function describe({ id, title, startedBy }: ExperimentRecord): string {
  return `${line(id)}  ${line(title)}, by ${line(startedBy)}`;
}
