import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoLedger } from '#aws/ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { Region } from '#core/aws-names.ts';
import type { Ledger } from '#core/ports.ts';
import { findTable } from './deployed-table.ts';
import type { Surroundings } from './surroundings.ts';

/** The ledger of what is deployed in `region`. Its table is found through the stack's outputs, unless it is named. */
export async function deployedLedger(
  { region, tableName }: { readonly region: Region; readonly tableName: string | undefined },
  { clients, clock }: Pick<Surroundings, 'clients' | 'clock'>,
): Promise<{ readonly ledger: Ledger; readonly tableName: string }> {
  const found = tableName ?? (await findTable(region, clients));
  const client = clients(DynamoDBClient, { region });
  return { ledger: dynamoLedger({ client, tableName: found, newSecret, clock }), tableName: found };
}
