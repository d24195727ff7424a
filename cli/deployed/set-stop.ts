import { DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { ledgerControl } from '#aws/ledger/control.ts';
import { LedgerError, ledgerTable } from '#aws/ledger/table.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { AccountId, Region } from '#core/model/aws-names.ts';
import type { Stop } from '#core/model/control.ts';
import { stackName } from '#lib/outputs.ts';
import { bestEffort } from '../context/best-effort.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { NotFound } from '../context/not-found.ts';
import type { WaitNotice } from '../terminal/wait-notice.ts';
import { callerWaitText, getCallerIdentity } from './caller-identity.ts';
import { findStack, stackWaitText } from './find-stack.ts';
import type { StopProgress } from './stop-progress.ts';
import { WriteTracker } from './write-tracker.ts';

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
  wanted: {
    readonly region: Region;
    readonly table: string | undefined;
    readonly reason: string;
    /** As the configuration has it, if it was read. */
    readonly master: AccountId | undefined;
  },
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
      const table =
        wanted.table ??
        (
          await waiting.during(
            stackWaitText(region),
            findStack(region, clients, { patienceMs: lookUpPatienceMs }).catch(async (error: unknown) => {
              throw explainMissingStack(error, region, (await asksCaller)?.account, wanted.master);
            }),
          )
        ).tableName;
      progress.table = table;
      const client = clients(DynamoDBClient, { region, patienceMs });
      const sent = new WriteTracker();
      const control = ledgerControl(ledgerTable(client, table), newSecret);
      const replaced = await waiting.during(
        `table ${table} in ${region} to say what stop is set`,
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
    if (!(error instanceof LedgerError && error.cause instanceof ResourceNotFoundException)) throw error;
    const of = describeAccounts(caller?.account, wanted.master);
    const message = `There is no table ${table} in ${region} ${of}`;
    throw new NotFound('table', message, exitCodes.failed, error);
  });
  await waiting.during(`table ${table} in ${region} to take the stop`, setting);
  return {
    table,
    region,
    account: caller?.account ?? null,
    stop,
    ...(replaced !== undefined && { replaced }),
  };
}

/** Whoever stops does not want to deploy first. */
function explainMissingStack(
  error: unknown,
  region: Region,
  own: AccountId | undefined,
  master: AccountId | undefined,
): unknown {
  if (!(error instanceof NotFound && error.what === 'stack')) return error;
  const message = `There is no stack ${stackName} in ${region} ${describeAccounts(own, master)}`;
  return new NotFound('stack', message, exitCodes.failed, error);
}

/** Which account was looked in, and which one to look in. */
function describeAccounts(own: AccountId | undefined, master: AccountId | undefined): string {
  const whose = 'of the account that your credentials are for';
  if (own === undefined || master === undefined) {
    const shown = own === undefined ? whose : `${whose}, ${own}`;
    return `${shown}.\n  Use credentials of the ${master === undefined ? 'master account' : `configuration's master, ${master}`}.`;
  }
  if (own === master)
    return `${whose}, ${own}, the configuration's master.\n  Is it in another region? --region REGION`;
  return `${whose}.\n  They are for ${own}; the configuration's master is ${master}. Use credentials of that one.`;
}
