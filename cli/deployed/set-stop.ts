import { DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { ledgerControl } from '#aws/ledger/control.ts';
import { LedgerError, ledgerTable } from '#aws/ledger/table.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { AccountId, Region } from '#core/model/aws-names.ts';
import type { Stop } from '#core/model/control-record.ts';
import { stackName } from '#lib/outputs.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { NotFound } from '../context/not-found.ts';
import { bestEffort } from '../context/within.ts';
import type { WaitNotice } from '../terminal/wait-notice.ts';
import { callerWaitText, getCallerIdentity } from './caller-identity.ts';
import { findStack, stackWaitText } from './find-stack.ts';
import type { StopProgress } from './stop-progress.ts';
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

/** No attempt starts later: the user must learn in time to stop by other means. */
const patienceMs = 15_000;
/** The same for finding the table, which must leave time to write to it. */
const lookUpPatienceMs = 5_000;

/**
 * Sets the stop with as few calls and as little code as possible: two parallel calls find the caller and the table, one reads the
 * previous stop, one sets the new one. A stop by an unknown caller is better than none.
 */
export async function setStop(
  wanted: {
    readonly region: Region;
    readonly table: string | undefined;
    readonly reason: string;
    /** From the configuration, if it was read. */
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
    if (!(error instanceof LedgerError && error.cause instanceof ResourceNotFoundException)) throw error;
    const account = describeAccounts(caller?.account, wanted.master);
    const message = `There is no table ${table} in ${region} ${account}`;
    throw new NotFound('table', message, exitCodes.failed, error);
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

/** Leaves out the advice to deploy: nobody wants that in an emergency. */
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

/** Which account was searched, and which one should be. */
function describeAccounts(own: AccountId | undefined, master: AccountId | undefined): string {
  const whose = 'in the account of your credentials';
  if (own === undefined || master === undefined) {
    const shown = own === undefined ? whose : `${whose}, ${own}`;
    return `${shown}.\n  Use credentials of the ${master === undefined ? 'master account' : `configured master, ${master}`}.`;
  }
  if (own === master)
    return `${whose}, ${own}, which is the configured master.\n  If it is in another region: --region REGION`;
  return `${whose}, ${own}.\n  The configured master is ${master}: use its credentials.`;
}
