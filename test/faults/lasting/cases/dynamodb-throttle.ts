import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableControlSeed, Throughput } from '#sandbox/dynamodb/table-control.ts';
import type { StrikeWorld } from '../a-strike-world.ts';
import { aTable } from '../a-table.ts';
import type { FaultCase, StruckResource } from '../fault-case.ts';
import { motoCase } from '../moto-case.ts';

const parameters = { readUnits: 1, writeUnits: 2, minutes: 5 };
const byCustomer = { name: 'by-customer', partitionKey: 'customer' };
const seventy = { MaxReadRequestUnits: 70, MaxWriteRequestUnits: 70 };
const provisioned = { read: 10, write: 10 };

const table =
  (seed: TableControlSeed) =>
  (world: StrikeWorld): StruckResource => {
    const { control, ...rest } = aTable(world, seed);
    const parts: readonly Throughput[] = [control, ...control.indexes];
    const at = (part: Throughput, now: number) => {
      const { ReadCapacityUnits: read, WriteCapacityUnits: write } = part.capacity?.describe(now) ?? {};
      return { read, write, maximum: part.maximum.describe(now) };
    };
    return {
      find: () => world.find('orders'),
      // As it was asked for last.
      describe: () => parts.map((part) => at(part, Date.parse('2100-01-01'))),
      isBroken: () =>
        parts.some((part) => {
          const { read, maximum } = at(part, world.clock.now());
          return (read ?? maximum?.MaxReadRequestUnits ?? 100) <= 1;
        }),
      change: () => {
        for (const part of parts) {
          const now = world.clock.now();
          part.capacity?.plan({ ReadCapacityUnits: 7, WriteCapacityUnits: 7 }, now)();
          if (part.capacity === undefined) part.maximum.plan(seventy, now)();
        }
      },
      ...rest,
    };
  };

export const faultCase: FaultCase = {
  variants: [
    { title: 'on demand', parameters, create: table({}) },
    {
      title: 'on demand, with maxima and an index',
      parameters,
      create: table({ maximum: { MaxReadRequestUnits: 50 }, indexes: [byCustomer] }),
    },
    {
      title: 'provisioned, with an index',
      parameters,
      create: table({ provisioned, indexes: [{ ...byCustomer, provisioned: { read: 5, write: 2 } }] }),
    },
  ],
  unfit: [
    {
      title: 'with replicas',
      parameters,
      reason: /replicas/,
      create: table({ replicas: ['us-east-1'] }),
    },
    {
      title: 'that takes no more already',
      parameters,
      reason: /no more than that/,
      create: table({ provisioned: { read: 1, write: 2 } }),
    },
    {
      title: 'with an index that is scaled automatically',
      parameters,
      reason: /scaled automatically/,
      create: (world) => {
        world.region.scalableTargets.push({
          namespace: 'dynamodb',
          resourceId: 'table/orders/index/by-customer',
          dimension: 'dynamodb:index:ReadCapacityUnits',
          min: 1,
          max: 100,
        });
        return table({ provisioned, indexes: [{ ...byCustomer, provisioned }] })(world);
      },
    },
    {
      title: 'whose capacity was lowered too often',
      parameters,
      reason: /lowered 4 times today/,
      create: (world) => {
        const { control, ...rest } = aTable(world, { provisioned });
        for (const ReadCapacityUnits of [9, 8, 7, 6]) {
          control.capacity?.plan({ ReadCapacityUnits, WriteCapacityUnits: 10 }, world.clock.now())();
        }
        return { find: () => world.find('orders'), ...rest };
      },
    },
    {
      title: 'that is being changed',
      parameters,
      reason: /UPDATING/,
      create: (world) => {
        const { control, ...rest } = aTable(world);
        control.updatingUntil = Number.POSITIVE_INFINITY;
        return { find: () => world.find('orders'), ...rest };
      },
    },
  ],
  onMoto: motoCase({
    parameters,
    id: 'provisioned',
    arns: (id) => ({ table: `arn:aws:dynamodb:eu-west-1:${id}:table/provisioned` }),
    create: (client) =>
      client(DynamoDBClient).send(
        new CreateTableCommand({
          TableName: 'provisioned',
          ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 10 },
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        }),
      ),
    describe: async (client) => {
      const command = new DescribeTableCommand({ TableName: 'provisioned' });
      const { Table: { ProvisionedThroughput: units } = {} } = await client(DynamoDBClient).send(command);
      return [units?.ReadCapacityUnits, units?.WriteCapacityUnits];
    },
  }),
};
