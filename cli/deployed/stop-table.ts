import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { LedgerError } from '#aws/ledger/table.ts';
import type { AccountId, Region } from '#core/model/aws-names.ts';
import { stackName } from '#lib/outputs.ts';
import type { CliContext } from '../context/cli-context.ts';
import { exitCodes } from '../context/cli-error.ts';
import { NotFound } from '../context/not-found.ts';
import type { WaitNotice } from '../terminal/wait-notice.ts';
import type { Caller } from './caller-identity.ts';
import { findStack, stackWaitText } from './find-stack.ts';

/** Where a stop is to be written. */
export interface StopPlace {
  readonly region: Region;
  readonly table: string | undefined;
  /** From the configuration, if it was read. */
  readonly master: AccountId | undefined;
}

/** No attempt of a write starts later: the user must learn in time to stop by other means. */
export const stopPatienceMs = 15_000;
/** The same for finding the table, which must leave time to write to it. */
const lookUpPatienceMs = 5_000;

/** The ledger's table, through the stack unless it is named. */
export async function findStopTable(
  { region, table, master }: StopPlace,
  asksCaller: Promise<Caller | undefined>,
  waiting: WaitNotice,
  clients: CliContext['clients'],
): Promise<string> {
  if (table !== undefined) return table;
  const finding = findStack(region, clients, { patienceMs: lookUpPatienceMs }).catch(
    async (error: unknown) => {
      throw explainMissingStack(error, region, (await asksCaller)?.account, master);
    },
  );
  return (await waiting.during(stackWaitText(region), finding)).tableName;
}

/** Other errors are returned unchanged. */
export function explainMissingTable(
  error: unknown,
  { region, table, master }: StopPlace,
  own: AccountId | undefined,
): unknown {
  if (!(error instanceof LedgerError && error.cause instanceof ResourceNotFoundException)) return error;
  const message = `There is no table ${table} in ${region} ${describeAccounts(own, master)}`;
  return new NotFound('table', message, exitCodes.failed, error);
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
