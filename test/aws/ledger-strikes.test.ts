import type { GetItemCommandInput, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { aClaim } from '../support/a-claim.ts';
import { ledgersOnSandbox } from '../support/a-ledger-on-sandbox.ts';
import { ledgerOn } from '../support/ledger-on.ts';

const pointer = (slot: string) => ({ slot: { S: slot }, group: { S: 'web' }, runId: { S: 'run-1' } });

describe('open strikes', () => {
  test('are asked for page by page, and each as it is now', async () => {
    const pages = [
      { Items: [pointer('1'), pointer('2')], LastEvaluatedKey: { pk: { S: 'open' }, sk: { S: '2' } } },
      { Items: [pointer('3')] },
    ];
    const { ledger, calls } = ledgerOn(({ command }) =>
      command === 'QueryCommand' ? (pages.shift() ?? {}) : {},
    );
    expect(await ledger.openStrikes()).toEqual([]);
    const queries = calls.filter(({ command }) => command === 'QueryCommand');
    expect(queries.map(({ input }) => input as QueryCommandInput)).toEqual([
      {
        TableName: 'chaos-ledger',
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': { S: 'open' } },
      },
      expect.objectContaining({ ExclusiveStartKey: { pk: { S: 'open' }, sk: { S: '2' } } }),
    ]);
    const gets = calls.filter(({ command }) => command === 'GetItemCommand');
    expect(gets.map(({ input }) => input as GetItemCommandInput)).toEqual(
      ['1', '2', '3'].map((slot) => ({
        TableName: 'chaos-ledger',
        Key: { pk: { S: 'group#web' }, sk: { S: `strike#${slot}` } },
        ConsistentRead: true,
      })),
    );
  });

  test('are those that are open still, whatever their pointers say', async () => {
    const { open, table } = ledgersOnSandbox();
    for (const group of ['a', 'b', 'c']) await open().claim(aClaim({ group }));
    const pointers = table.partition({ S: 'open' });
    const [first, second] = [...pointers];
    if (first === undefined || second === undefined) throw new Error('there are no pointers');
    await open().settle(aClaim({ group: 'a' }), { outcome: 'failed', detail: '' });
    table.delete({ pk: { S: 'group#b' }, sk: { S: 'strike#2026-11-23T09:00:00Z' } });
    table.put(first);
    table.put(second);
    expect((await open().openStrikes()).map(({ group }) => group)).toEqual(['c']);
  });
});
