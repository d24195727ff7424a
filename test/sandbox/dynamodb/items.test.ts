import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { aSandbox, master, region } from '../a-sandbox.ts';

const TableName = 'ledger';
const Key = { pk: { S: 'a' } };

function aTable() {
  const { clients, sandbox } = aSandbox();
  const table = sandbox.account(master).region(region).table({ name: TableName, partitionKey: 'pk' });
  const db = clients(DynamoDBClient, { region });
  const read = async () => (await db.send(new GetItemCommand({ TableName, Key }))).Item;
  return { db, table, read };
}

describe('items', () => {
  test('are not aliased by callers that put or read them', async () => {
    const { db, read } = aTable();
    const list: AttributeValue[] = [{ S: 'x' }];
    await db.send(new PutItemCommand({ TableName, Item: { ...Key, list: { L: list } } }));
    list.push({ S: 'put' });
    (await read())?.list?.L?.push({ S: 'read' });
    const value = { L: [...list] };
    const { Attributes } = await db.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #more = :v',
        ExpressionAttributeNames: { '#more': 'more' },
        ExpressionAttributeValues: { ':v': value },
        ReturnValues: 'ALL_NEW',
      }),
    );
    value.L.push({ S: 'updated' });
    Attributes?.more?.L?.push({ S: 'answered' });
    expect(await read()).toEqual({
      ...Key,
      list: { L: [{ S: 'x' }] },
      more: { L: [{ S: 'x' }, { S: 'put' }] },
    });
  });

  test('have keys of limited size', async () => {
    const { db } = aTable();
    const put = (bytes: number) =>
      db.send(new PutItemCommand({ TableName, Item: { pk: { S: 'x'.repeat(bytes) } } }));
    await put(2_048);
    await expect(put(2_049)).rejects.toThrow('Size of hashkey has exceeded the maximum size limit of 2048');
  });

  test('are found by the ARN of their table too, but not by that of another', async () => {
    const { db, table } = aTable();
    await db.send(new PutItemCommand({ TableName: table.arn, Item: Key }));
    expect(table.items()).toEqual([Key]);
    await expect(
      db.send(new GetItemCommand({ TableName: table.arn.replace(region, 'us-east-1'), Key })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('what the sandbox does not implement', () => {
  test('is refused as a return value', async () => {
    const { db, table } = aTable();
    await expect(
      db.send(new UpdateItemCommand({ TableName, Key, ReturnValues: 'UPDATED_NEW' })),
    ).rejects.toThrow('the sandbox does not implement ReturnValues UPDATED_NEW of UpdateItem');
    expect(table.items()).toEqual([]);
  });

  test.each<[AttributeValue, string]>([
    [{ SS: ['x'] }, 'values of the type SS'],
    [{ L: [{ M: { deep: { NS: ['1'] } } }] }, 'values of the type NS'],
    [{ N: '1.0' }, 'the number "1.0"'],
    [{ N: '1e21' }, 'the number "1e21"'],
    [{ N: '9007199254740993' }, 'the number "9007199254740993"'],
    [{ N: 'NaN' }, 'the number "NaN"'],
  ])('is not stored: %o', async (value, named) => {
    const { db, table } = aTable();
    await expect(db.send(new PutItemCommand({ TableName, Item: { ...Key, value } }))).rejects.toThrow(
      `the sandbox does not implement ${named}`,
    );
    expect(table.items()).toEqual([]);
  });

  test.each([
    ['4503599627370495', '1'],
    ['0.1', '0.2'],
  ])('is not added: %s and %s', async (before, added) => {
    const { db, table } = aTable();
    await db.send(new PutItemCommand({ TableName, Item: { ...Key, count: { N: before } } }));
    const Update = {
      TableName,
      Key,
      UpdateExpression: 'SET #count = #count + :added',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':added': { N: added } },
    };
    for (const command of [
      () => db.send(new UpdateItemCommand(Update)),
      () => db.send(new TransactWriteItemsCommand({ TransactItems: [{ Update }] })),
    ]) {
      await expect(command()).rejects.toThrow(
        `the sandbox does not implement arithmetic on ${before} and ${added}`,
      );
    }
    expect(table.get(Key)?.count).toEqual({ N: before });
  });
});
