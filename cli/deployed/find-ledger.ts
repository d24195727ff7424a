import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { Region } from '#core/model/aws-names.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type DeployedConfiguration, readConfiguration } from '#lib/config/deployed-configuration.ts';
import type { CliContext } from '../context/cli-context.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';
import { findStack, stackWaitText } from './find-stack.ts';
import { withRegionHint } from './region-hint.ts';
import { WriteTracker } from './write-tracker.ts';

/** The deployed ledger, and what the stack says about itself. */
export interface DeployedLedger {
  readonly ledger: Ledger & ExperimentLedger;
  /** Tracks whether writes to it may have taken effect. */
  readonly sent: WriteTracker;
  readonly tableName: string;
  /** Undefined if the table was named, as the stack is not read then, or if no experiments are deployed. */
  readonly reportsBucket: string | undefined;
  /** As the stack describes it. Undefined if the table was named, as the stack is not read then, or if the stack does not say. */
  readonly configuration: DeployedConfiguration | undefined;
}

/** Completes "Waiting for ...". */
export const tableWaitText = (table: string, region: Region) => `table ${table} in ${region} to answer`;

/** Finds the ledger deployed in `region`, through the stack's outputs unless the table is named. */
export async function findLedger(
  { region, tableName: named }: { readonly region: Region; readonly tableName: string | undefined },
  { clients, clock, terminal }: Pick<CliContext, 'clients' | 'clock' | 'terminal'>,
): Promise<DeployedLedger> {
  const { tableName, reportsBucket, configuration } =
    named === undefined
      ? await new WaitNotice(terminal)
          .during(stackWaitText(region), findStack(region, clients))
          .catch((error: unknown) => {
            throw withRegionHint(error, region);
          })
      : { tableName: named, reportsBucket: undefined, configuration: undefined };
  const client = clients(DynamoDBClient, { region });
  const sent = new WriteTracker();
  client.middlewareStack.use(sent.plugin);
  return {
    ledger: dynamoLedger({ client, tableName, newSecret, clock }),
    sent,
    tableName,
    reportsBucket,
    configuration: readConfiguration(configuration),
  };
}
