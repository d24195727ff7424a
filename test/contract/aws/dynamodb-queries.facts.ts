import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Fact } from './aws-under-test.ts';
import { type Item, item, key, ledger, partition } from './ledger-table.ts';

export const title = 'DynamoDB queries';

export function facts(fact: Fact): void {
  fact('a query answers in the order of the sort key, either way', async (account, aws) => {
    const { query } = await ledger(account, aws, ['1', '2', '3', '10']);
    expect(await query({})).toEqual(['1', '10', '2', '3']);
    expect(await query({ ScanIndexForward: false })).toEqual(['3', '2', '10', '1']);
    expect(await query({ ScanIndexForward: false, Limit: 1 })).toEqual(['3']);
  });

  fact('a query is narrowed to the sort keys that begin alike', async (account, aws) => {
    const { query } = await ledger(account, aws, ['1', '2', '3', '10']);
    const begins = (start: string) =>
      query({
        KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :sk)',
        ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
        ExpressionAttributeValues: { ':pk': { S: 'a' }, ':sk': { S: start } },
      });
    expect(await begins('1')).toEqual(['1', '10']);
    expect(await begins('4')).toEqual([]);
  });

  fact('pages of a query follow each other, either way', async (account, aws) => {
    const sortKeys = ['1', '2', '3', '4', '5'];
    const { db } = await ledger(account, aws, sortKeys);
    for (const ScanIndexForward of [true, false]) {
      const pages: (string | undefined)[][] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await db.send(
          new QueryCommand({ ...partition, ScanIndexForward, Limit: 2, ExclusiveStartKey }),
        );
        pages.push(Items.map(({ sk }) => sk?.S));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      const expected = ScanIndexForward ? sortKeys : sortKeys.toReversed();
      expect(pages.flat()).toEqual(expected);
      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    }
  });

  fact('a page of a query ends at 1 MB', async (account, aws) => {
    const { db } = await ledger(account, aws);
    for (const sk of ['1', '2', '3', '4']) {
      const Item = { pk: { S: 'a' }, sk: { S: sk }, text: { S: 'x'.repeat(380_000) } };
      await db.send(new PutItemCommand({ TableName: 'ledger', Item }));
    }
    const { Items, LastEvaluatedKey } = await db.send(new QueryCommand(partition));
    expect(Items?.length).toBeGreaterThan(1);
    expect(Items?.length).toBeLessThan(4);
    expect(LastEvaluatedKey?.sk).toEqual(Items?.at(-1)?.sk);
  });

  fact('a projection leaves only what it names', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    const { Item } = await db.send(
      new GetItemCommand({
        TableName: 'ledger',
        Key: key,
        ProjectionExpression: '#word, #doc, #absent',
        ExpressionAttributeNames: { '#word': 'word', '#doc': 'doc', '#absent': 'absent' },
      }),
    );
    expect(Item).toEqual({ word: item.word, doc: item.doc });
  });

  fact('a scan answers every item once, page by page, less what is filtered out', async (account, aws) => {
    const { db } = await ledger(account, aws, ['1', '2', '3']);
    for (const pk of ['b', 'bc', 'c']) {
      await db.send(new PutItemCommand({ TableName: 'ledger', Item: { pk: { S: pk }, sk: { S: '1' } } }));
    }
    const scan = async (input: Partial<ScanCommandInput>) => {
      const keys: string[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await db.send(
          new ScanCommand({ TableName: 'ledger', ConsistentRead: true, ExclusiveStartKey, ...input }),
        );
        keys.push(...Items.map(({ pk, sk }) => `${pk?.S}${sk?.S}`));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return keys.sort();
    };
    expect(await scan({ Limit: 2 })).toEqual(['a1', 'a2', 'a3', 'b1', 'bc1', 'c1']);
    const filtered = {
      FilterExpression: 'NOT begins_with(#pk, :b)',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':b': { S: 'b' } },
    };
    expect(await scan({ Limit: 2, ...filtered })).toEqual(['a1', 'a2', 'a3', 'c1']);
  });
}
