import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lookUp } from '#core/util/lookup.ts';
import type { ReadClients } from '../read-clients.ts';
import { sumOfLastHour } from '../shared/sum-of-metrics.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { loneTable, tables } from './kind.ts';
import type { TableTypes } from './model.ts';

/** Reads tables by the Tagging API, and those that are drawn by DynamoDB and CloudWatch. */
export const tablesReader = taggedReader<TableTypes>({
  of: tables,
  lone: loneTable,
  resourceType: 'dynamodb:table',
  inspect: async ({ name }, look, now) => {
    const [status, capacity] = await Promise.all([
      lookUp(readStatus(name, look)),
      // Source: DynamoDB Developer Guide, "DynamoDB metrics and dimensions".
      lookUp(
        sumOfLastHour(look, now, {
          namespace: 'AWS/DynamoDB',
          names: ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'],
          dimensions: [[{ Name: 'TableName', Value: name }]],
        }),
      ),
    ]);
    return { status, capacity };
  },
});

async function readStatus(TableName: string, look: ReadClients): Promise<string> {
  const { Table } = await look(DynamoDBClient).send(new DescribeTableCommand({ TableName }));
  const { TableStatus, GlobalSecondaryIndexes = [] } = Table ?? {};
  const all = [TableStatus, ...GlobalSecondaryIndexes.map(({ IndexStatus }) => IndexStatus)];
  return all.find((status) => status !== 'ACTIVE') ?? 'ACTIVE';
}
