import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { Region } from '#core/model/aws-names.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type DeployedConfiguration, readConfiguration } from '#lib/config/deployed-configuration.ts';
import type { CliContext } from '../context/cli-context.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';
import { findStack, stackWaitText } from './find-stack.ts';
import { withRegionHint } from './region-hint.ts';
import { WriteTracker } from './write-tracker.ts';

/** What is deployed, as far as it was asked for. */
export interface DeployedLedger {
  readonly ledger: Ledger;
  /** What was written to it. */
  readonly sent: WriteTracker;
  readonly tableName: string;
  /** As the stack describes it; undefined where the table was named, as the stack is not asked then, or where it says nothing. */
  readonly configuration: DeployedConfiguration | undefined;
}

/** In words, what is waited for. */
export const tableWaitText = (table: string, region: Region) => `table ${table} in ${region} to answer`;

/** The ledger of what is deployed in `region`. Its table is found through the stack's outputs, unless it is named. */
export async function findLedger(
  { region, tableName: named }: { readonly region: Region; readonly tableName: string | undefined },
  { clients, clock, terminal }: Pick<CliContext, 'clients' | 'clock' | 'terminal'>,
): Promise<DeployedLedger> {
  const { tableName, configuration } =
    named === undefined
      ? await new WaitNotice(terminal)
          .during(stackWaitText(region), findStack(region, clients))
          .catch((error: unknown) => {
            throw withRegionHint(error, region);
          })
      : { tableName: named, configuration: undefined };
  const client = clients(DynamoDBClient, { region });
  const sent = new WriteTracker();
  client.middlewareStack.use(sent.plugin);
  return {
    ledger: dynamoLedger({ client, tableName, newSecret, clock }),
    sent,
    tableName,
    configuration: readConfiguration(configuration),
  };
}
