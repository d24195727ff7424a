import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLedger } from '#aws/ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { Region } from '#core/aws-names.ts';
import type { Ledger } from '#core/ports.ts';
import { type DeployedConfiguration, readConfiguration } from '#lib/deployed-configuration.ts';
import { findStack } from './deployed-stack.ts';
import { withRegionHint } from './region-hint.ts';
import type { Surroundings } from './surroundings.ts';

/** What is deployed, as far as it was asked for. */
export interface Deployment {
  readonly ledger: Ledger;
  readonly tableName: string;
  /** As the stack describes it; undefined where the table was named, as the stack is not asked then, or where it says nothing. */
  readonly configuration: DeployedConfiguration | undefined;
}

/** The ledger of what is deployed in `region`. Its table is found through the stack's outputs, unless it is named. */
export async function deployedLedger(
  { region, tableName: named }: { readonly region: Region; readonly tableName: string | undefined },
  { clients, clock }: Pick<Surroundings, 'clients' | 'clock'>,
): Promise<Deployment> {
  const { tableName, configuration } =
    named === undefined
      ? await findStack(region, clients).catch((error: unknown) => {
          throw withRegionHint(error, region);
        })
      : { tableName: named, configuration: undefined };
  const client = clients(DynamoDBClient, { region });
  return {
    ledger: dynamoLedger({ client, tableName, newSecret, clock }),
    tableName,
    configuration: readConfiguration(configuration),
  };
}
