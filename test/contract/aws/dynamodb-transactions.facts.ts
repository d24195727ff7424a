import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';
import { createTable } from './ledger-table.ts';

const TableName = 'ledger';
const keyOf = (sk: string) => ({ pk: { S: 'a' }, sk: { S: sk } });

export const title = 'DynamoDB transactions';

export function facts(fact: Fact): void {
  fact('all parts of a transaction are done', async (account, aws) => {
    const db = await ledger(account, aws, ['old', 'checked']);
    await db.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: { ...keyOf('new'), n: { N: '1' } } } },
          {
            Update: {
              TableName,
              Key: keyOf('counter'),
              UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one',
              ExpressionAttributeNames: { '#n': 'n' },
              ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
            },
          },
          { Delete: { TableName, Key: keyOf('old') } },
          {
            ConditionCheck: {
              TableName,
              Key: keyOf('checked'),
              ConditionExpression: 'attribute_exists(#pk)',
              ExpressionAttributeNames: { '#pk': 'pk' },
            },
          },
        ],
      }),
    );
    expect(await read(db, 'new')).toEqual({ ...keyOf('new'), n: { N: '1' } });
    expect(await read(db, 'counter')).toEqual({ ...keyOf('counter'), n: { N: '1' } });
    expect(await read(db, 'old')).toBeUndefined();
    expect(await read(db, 'checked')).toEqual(keyOf('checked'));
  });

  fact('one failed condition and none is done; each part says why', async (account, aws) => {
    const db = await ledger(account, aws, ['taken']);
    const parts: TransactWriteItem[] = [
      { Put: { TableName, Item: keyOf('new') } },
      {
        Put: {
          TableName,
          Item: { ...keyOf('taken'), n: { N: '2' } },
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        ConditionCheck: {
          TableName,
          Key: keyOf('nobody'),
          ConditionExpression: 'attribute_exists(#pk)',
          ExpressionAttributeNames: { '#pk': 'pk' },
        },
      },
    ];
    const error = await db
      .send(new TransactWriteItemsCommand({ TransactItems: parts }))
      .catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect(error).toMatchObject({
      name: 'TransactionCanceledException',
      message: expect.stringContaining('[None, ConditionalCheckFailed, ConditionalCheckFailed]'),
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: keyOf('taken'),
        },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      ],
    });
    expect(await read(db, 'new')).toBeUndefined();
    expect(await read(db, 'taken')).toEqual(keyOf('taken'));
  });

  fact('an item has one part only', async (account, aws) => {
    const db = await ledger(account, aws);
    await expect(
      db.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: keyOf('new') } },
            { Delete: { TableName, Key: keyOf('new') } },
          ],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
  });

  fact('there are 100 parts at most', async (account, aws) => {
    const db = await ledger(account, aws);
    const transact = (count: number) =>
      db.send(
        new TransactWriteItemsCommand({
          TransactItems: Array.from({ length: count }, (_, index) => ({
            Put: { TableName, Item: keyOf(String(index)) },
          })),
        }),
      );
    await transact(100);
    await expect(transact(101)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  fact(
    'a transaction that is sent again with the same token is done once',
    async (account, aws) => {
      const db = await ledger(account, aws);
      const transact = (one: string) =>
        db.send(
          new TransactWriteItemsCommand({
            ClientRequestToken: 'the-same',
            TransactItems: [
              {
                Update: {
                  TableName,
                  Key: keyOf('counter'),
                  UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one',
                  ExpressionAttributeNames: { '#n': 'n' },
                  ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: one } },
                },
              },
            ],
          }),
        );
      await transact('1');
      await transact('1');
      expect(await read(db, 'counter')).toEqual({ ...keyOf('counter'), n: { N: '1' } });
      await expect(transact('2')).rejects.toMatchObject({
        name: 'IdempotentParameterMismatchException',
      });
    },
    'ignores the token',
  );
}

async function ledger(account: AccountUnderTest, aws: AwsUnderTest, sortKeys: readonly string[] = []) {
  await createTable(account, TableName);
  const db = aws.clients(DynamoDBClient, account.scope());
  for (const sk of sortKeys) await db.send(new PutItemCommand({ TableName, Item: keyOf(sk) }));
  return db;
}

async function read(db: DynamoDBClient, sk: string): Promise<Record<string, AttributeValue> | undefined> {
  return (await db.send(new GetItemCommand({ TableName, Key: keyOf(sk) }))).Item;
}
