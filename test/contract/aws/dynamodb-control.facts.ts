import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { pairs } from './arrange-instances.ts';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

export const title = 'DynamoDB, tables';

const tags = { 'chaos:opt-in': 'true', team: 'orders' };

export function facts(fact: Fact): void {
  fact('a table on demand is described', async (account, aws) => {
    const { describe } = await orders(account, aws);
    expect(await describe()).toMatchObject({
      TableName: 'orders',
      TableArn: `arn:aws:dynamodb:eu-west-1:${account.id}:table/orders`,
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [{ IndexName: 'by-customer', IndexStatus: 'ACTIVE' }],
    });
  });

  fact('a provisioned table is described, with its decreases today', async (account, aws) => {
    const { describe } = await orders(account, aws, { read: 10, write: 5 });
    expect(await describe()).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 5, NumberOfDecreasesToday: 0 },
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 5 } }],
    });
  });

  fact('a table that does not exist is not found', async (account, aws) => {
    const db = aws.clients(DynamoDBClient, account.scope());
    for (const command of [
      new DescribeTableCommand({ TableName: 'nobody' }),
      new UpdateTableCommand({ TableName: 'nobody', ...provisioned(1, 1) }),
    ]) {
      await expect(db.send<never, never>(command as never)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    }
  });

  fact('tags are listed', async (account, aws) => {
    const { db, arn } = await orders(account, aws);
    const { Tags = [] } = await db.send(new ListTagsOfResourceCommand({ ResourceArn: arn }));
    expect(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))).toEqual(tags);
  });

  fact('provisioned capacity of a table and its index is changed', async (account, aws) => {
    const { update, describe } = await orders(account, aws, { read: 10, write: 5 });
    await update({
      ...provisioned(1, 1),
      GlobalSecondaryIndexUpdates: [
        {
          Update: { IndexName: 'by-customer', ...provisioned(2, 2) },
        },
      ],
    });
    await aws.settle();
    expect(await describe()).toMatchObject({
      TableStatus: 'ACTIVE',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 2 } }],
    });
  });

  fact(
    'while a table is UPDATING, its old values are described and it cannot be updated again',
    async (account, aws) => {
      const { update, describe } = await orders(account, aws, { read: 10, write: 5 });
      const { TableDescription } = await update(provisioned(20, 5));
      expect(TableDescription).toMatchObject({
        TableStatus: 'UPDATING',
        ProvisionedThroughput: { ReadCapacityUnits: 10 },
      });
      expect(await describe()).toMatchObject({
        TableStatus: 'UPDATING',
        ProvisionedThroughput: { ReadCapacityUnits: 10 },
      });
      await expect(update(provisioned(30, 5))).rejects.toMatchObject({ name: 'ResourceInUseException' });
      await aws.settle();
      expect(await describe()).toMatchObject({
        TableStatus: 'ACTIVE',
        ProvisionedThroughput: { ReadCapacityUnits: 20 },
      });
      await update(provisioned(30, 5));
    },
    'is done at once',
  );

  fact(
    'while an index is UPDATING, its table is too',
    async (account, aws) => {
      const { update, describe } = await orders(account, aws, { read: 10, write: 5 });
      const states = async () => {
        const { TableStatus, GlobalSecondaryIndexes = [] } = (await describe()) ?? {};
        return [TableStatus, ...GlobalSecondaryIndexes.map(({ IndexStatus }) => IndexStatus)];
      };
      await update(provisioned(20, 5));
      expect(await states()).toEqual(['UPDATING', 'ACTIVE']);
      await aws.settle();
      await update({
        GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'by-customer', ...provisioned(1, 1) } }],
      });
      expect(await states()).toEqual(['UPDATING', 'UPDATING']);
      await aws.settle();
      expect(await states()).toEqual(['ACTIVE', 'ACTIVE']);
    },
    'is done at once',
  );

  fact(
    'an update that changes nothing is refused',
    async (account, aws) => {
      const { update } = await orders(account, aws, { read: 10, write: 5 });
      for (const wish of [provisioned(10, 5), {}]) {
        await expect(update(wish)).rejects.toMatchObject({ name: 'ValidationException' });
      }
      const { update: onDemand } = await orders(account, aws, undefined, 'carts');
      for (const MaxReadRequestUnits of [-1, 0, -2]) {
        await expect(onDemand({ OnDemandThroughput: { MaxReadRequestUnits } })).rejects.toMatchObject({
          name: 'ValidationException',
        });
      }
    },
    'takes it',
  );

  fact(
    'after four decreases a day, decreases are limited, and increases are not',
    async (account, aws) => {
      const { update, describe } = await orders(account, aws, { read: 10, write: 5 });
      for (const units of [9, 8, 7, 6]) {
        await update(provisioned(units, 5));
        await aws.settle();
      }
      expect(await describe()).toMatchObject({ ProvisionedThroughput: { NumberOfDecreasesToday: 4 } });
      await expect(update(provisioned(5, 5))).rejects.toMatchObject({ name: 'LimitExceededException' });
      await update(provisioned(10, 5));
    },
    'counts no decreases',
  );

  fact(
    'a table on demand and its index get a maximum and lose it by -1, each number by itself',
    async (account, aws) => {
      const { update, describe } = await orders(account, aws);
      const before = await describe();
      await update(onDemand({ MaxReadRequestUnits: 1, MaxWriteRequestUnits: 2 }));
      await aws.settle();
      expect(await describe()).toMatchObject({
        OnDemandThroughput: { MaxReadRequestUnits: 1, MaxWriteRequestUnits: 2 },
        GlobalSecondaryIndexes: [{ OnDemandThroughput: { MaxReadRequestUnits: 1, MaxWriteRequestUnits: 2 } }],
      });
      await update(onDemand({ MaxReadRequestUnits: -1 }));
      await aws.settle();
      expect((await describe())?.OnDemandThroughput).toEqual({ MaxWriteRequestUnits: 2 });
      await update(onDemand({ MaxWriteRequestUnits: -1 }));
      await aws.settle();
      expect(await describe()).toEqual(before);
    },
    'ignores it',
  );

  fact(
    'an update fits the billing mode, and is made as a whole or not at all',
    async (account, aws) => {
      const table = await orders(account, aws, { read: 10, write: 5 });
      const { update: updateCarts } = await orders(account, aws, undefined, 'carts');
      const wrong = { name: 'ValidationException' };
      await expect(table.update({ OnDemandThroughput: { MaxReadRequestUnits: 1 } })).rejects.toMatchObject(
        wrong,
      );
      await expect(updateCarts(provisioned(1, 1))).rejects.toMatchObject(wrong);
      const before = await table.describe();
      await expect(
        table.update({
          ...provisioned(1, 1),
          GlobalSecondaryIndexUpdates: [
            {
              Update: { IndexName: 'nobody', ...provisioned(2, 2) },
            },
          ],
        }),
      ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      expect(await table.describe()).toEqual(before);
    },
    'takes any of them',
  );
}

const provisioned = (read: number, write: number) => ({
  ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write },
});

const onDemand = (OnDemandThroughput: NonNullable<UpdateTableCommandInput['OnDemandThroughput']>) => ({
  OnDemandThroughput,
  GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'by-customer', OnDemandThroughput } }],
});

/** A table with an index, on demand unless it is provisioned with this. */
async function orders(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  units?: { readonly read: number; readonly write: number },
  TableName = 'orders',
) {
  const capacity = units && {
    ProvisionedThroughput: { ReadCapacityUnits: units.read, WriteCapacityUnits: units.write },
  };
  await account.arrange({
    sandbox: ({ region }) => {
      const throughput = units === undefined ? {} : { provisioned: units };
      region.table({
        name: TableName,
        partitionKey: 'id',
        tags,
        indexes: [{ name: 'by-customer', partitionKey: 'customer', ...throughput }],
        ...throughput,
      });
    },
    moto: async (client) => {
      await client(DynamoDBClient).send(
        new CreateTableCommand({
          TableName,
          BillingMode: units === undefined ? 'PAY_PER_REQUEST' : 'PROVISIONED',
          ...capacity,
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: ['id', 'customer'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
          GlobalSecondaryIndexes: [
            {
              IndexName: 'by-customer',
              KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
              ...capacity,
            },
          ],
          Tags: pairs(tags),
        }),
      );
    },
  });
  const db = aws.clients(DynamoDBClient, account.scope());
  return {
    db,
    arn: `arn:aws:dynamodb:eu-west-1:${account.id}:table/${TableName}`,
    describe: async () => (await db.send(new DescribeTableCommand({ TableName }))).Table,
    update: (wish: Omit<UpdateTableCommandInput, 'TableName'>) =>
      db.send(new UpdateTableCommand({ TableName, ...wish })),
  };
}
