import type {
  DescribeTableInput,
  DescribeTableOutput,
  GlobalSecondaryIndexDescription,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { findControl, tableAccess } from './find-table.ts';
import type { Index, TableControl, Throughput } from './table-control.ts';

const action = 'dynamodb:DescribeTable';

export const describeTable: Operation<DescribeTableInput, DescribeTableOutput> = {
  action,
  inputs: ['TableName'],
  requires: ({ TableName }, scope) => [tableAccess(action, TableName, scope)],
  run: ({ TableName }, scope) => ({ Table: describe(findControl(TableName, scope), scope.now) }),
};

/** What the sandbox knows of a table. New values are described when the update is over. */
export function describe(control: TableControl, now: number): TableDescription {
  const { table, createdAt, replicas, indexes, capacity } = control;
  const [partitionKey, sortKey] = table.keys;
  const attributes = new Set([...table.keys, ...indexes.map(({ seed }) => seed.partitionKey)]);
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableStatus: statusOf(control, now),
    CreationDateTime: new Date(createdAt),
    AttributeDefinitions: [...attributes].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' as const }]),
    ],
    // A table that has always been provisioned has no summary: DynamoDB API reference, BillingModeSummary, "Initially".
    ...(capacity === undefined && {
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: new Date(createdAt),
      },
    }),
    ...throughputOf(control, now),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => describeIndex(index, control, now)),
    }),
    ...(replicas.length > 0 && {
      GlobalTableVersion: '2019.11.21',
      Replicas: replicas.map((RegionName) => ({ RegionName, ReplicaStatus: 'ACTIVE' as const })),
    }),
    DeletionProtectionEnabled: false,
  };
}

function describeIndex(index: Index, { table }: TableControl, now: number): GlobalSecondaryIndexDescription {
  const { name, partitionKey } = index.seed;
  return {
    IndexName: name,
    IndexArn: `${table.arn}/index/${name}`,
    IndexStatus: statusOf(index, now),
    KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
    ...throughputOf(index, now),
  };
}

function throughputOf({ capacity, maximum }: Throughput, now: number) {
  const described = maximum.describe(now);
  return {
    ProvisionedThroughput: capacity?.describe(now) ?? {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: 0,
      WriteCapacityUnits: 0,
    },
    ...(described !== undefined && { OnDemandThroughput: described }),
  };
}

function statusOf({ updatingUntil }: Throughput, now: number): 'UPDATING' | 'ACTIVE' {
  return now < updatingUntil ? 'UPDATING' : 'ACTIVE';
}
