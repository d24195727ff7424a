import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { type Item, item, key, ledger, partition } from './aws-ledger-table.ts';
import type { Fact } from './aws-under-test.ts';

export function queryFacts(fact: Fact): void {
  fact('a query answers in the order of the sort key, either way', async (account, aws) => {
    const { query } = await ledger(account, aws, ['1', '2', '3', '10']);
    expect(await query({})).toEqual(['1', '10', '2', '3']);
    expect(await query({ ScanIndexForward: false })).toEqual(['3', '2', '10', '1']);
    expect(await query({ ScanIndexForward: false, Limit: 1 })).toEqual(['3']);
  });

  fact('a query is narrowed by the sort key', async (account, aws) => {
    const { query } = await ledger(account, aws, ['1', '2', '3', '10']);
    const by = (range: string, values: Item) =>
      query({
        KeyConditionExpression: `pk = :pk AND ${range}`,
        ExpressionAttributeValues: { ':pk': { S: 'a' }, ...values },
      });
    expect(await by('sk > :v', { ':v': { S: '10' } })).toEqual(['2', '3']);
    expect(await by('sk <= :v', { ':v': { S: '10' } })).toEqual(['1', '10']);
    expect(await by('begins_with(sk, :v)', { ':v': { S: '1' } })).toEqual(['1', '10']);
    expect(await by('sk BETWEEN :v AND :w', { ':v': { S: '10' }, ':w': { S: '2' } })).toEqual(['10', '2']);
    expect(await by('sk = :v', { ':v': { S: '3' } })).toEqual(['3']);
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

  fact('a filter takes items out after the page was counted', async (account, aws) => {
    const { db } = await ledger(account, aws, ['1', '2', '3']);
    const answer = await db.send(
      new QueryCommand({
        ...partition,
        FilterExpression: 'word = :word',
        ExpressionAttributeValues: { ':pk': { S: 'a' }, ':word': { S: 'word 2' } },
      }),
    );
    expect(answer).toMatchObject({ Count: 1, ScannedCount: 3, Items: [{ sk: { S: '2' } }] });
  });

  fact('a projection leaves only what it names', async (account, aws) => {
    const { db } = await ledger(account, aws);
    await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
    const { Item } = await db.send(
      new GetItemCommand({
        TableName: 'ledger',
        Key: key,
        ProjectionExpression: 'word, doc.#inner, absent',
        ExpressionAttributeNames: { '#inner': 'inner' },
      }),
    );
    expect(Item).toEqual({
      word: item.word,
      doc: { M: { inner: { M: { deep: { S: 'down' } } } } },
    });
  });

  fact(
    'a projection picks places out of lists',
    async (account, aws) => {
      const { db } = await ledger(account, aws);
      await db.send(new PutItemCommand({ TableName: 'ledger', Item: item }));
      const { Item } = await db.send(
        new GetItemCommand({
          TableName: 'ledger',
          Key: key,
          ProjectionExpression: '#list[1]',
          ExpressionAttributeNames: { '#list': 'list' },
        }),
      );
      expect(Item).toEqual({ list: { L: [{ N: '2' }] } });
    },
    'takes #list[1] for a name',
  );

  fact(
    'a key condition cannot leave a sort key out',
    async (account, aws) => {
      const { query } = await ledger(account, aws);
      await expect(
        query({
          KeyConditionExpression: 'pk = :pk AND sk <> :v',
          ExpressionAttributeValues: { ':pk': { S: 'a' }, ':v': { S: '1' } },
        }),
      ).rejects.toMatchObject({ name: 'ValidationException' });
    },
    'fails by itself',
  );

  fact('a key condition names the partition and at most a range', async (account, aws) => {
    const { db } = await ledger(account, aws);
    for (const [KeyConditionExpression, values] of [
      ['sk = :v', { ':v': { S: '1' } }],
      ['pk > :v', { ':v': { S: 'a' } }],
      ['pk = :v AND word = :w', { ':v': { S: 'a' }, ':w': { S: 'x' } }],
    ] as const) {
      await expect(
        db.send(
          new QueryCommand({
            TableName: 'ledger',
            KeyConditionExpression,
            ExpressionAttributeValues: values,
          }),
        ),
      ).rejects.toMatchObject({ name: 'ValidationException' });
    }
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
      FilterExpression: 'NOT begins_with(pk, :b)',
      ExpressionAttributeValues: { ':b': { S: 'b' } },
    };
    expect(await scan({ Limit: 2, ...filtered })).toEqual(['a1', 'a2', 'a3', 'c1']);
  });
}
