import type { AttributeValue, GetItemCommandInput, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { aBudget, aClaim } from '../../support/a-claim.ts';
import { ledgersOnSandbox } from '../../support/a-ledger-on-sandbox.ts';
import { ledgerOnFakeTable } from '../../support/ledger-on-fake-table.ts';

const pointer = (slot: string) => ({ pk: { S: 'open' }, sk: { S: `web in slot ${slot}` } });

describe('open strikes', () => {
  test('are read page by page, each strike strongly consistent', async () => {
    const pages = [
      { Items: [pointer('1'), pointer('2')], LastEvaluatedKey: { pk: { S: 'open' }, sk: { S: '2' } } },
      { Items: [pointer('3')] },
    ];
    const { ledger, calls } = ledgerOnFakeTable(({ command }) =>
      command === 'QueryCommand' ? (pages.shift() ?? {}) : {},
    );
    expect((await ledger.openStrikes()).found).toEqual([]);
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

  test('are only those that are still open, whatever their pointers say', async () => {
    const { open, table } = ledgersOnSandbox();
    for (const group of ['a', 'b', 'c']) await open().claim(aClaim({ group }));
    const pointers = table.partition({ S: 'open' });
    const [first, second] = [...pointers];
    if (first === undefined || second === undefined) throw new Error('there are no pointers');
    await open().settle(aClaim({ group: 'a' }), { outcome: 'failed', detail: '' });
    table.delete({ pk: { S: 'group#b' }, sk: { S: 'strike#2026-11-23T09:00:00Z' } });
    table.put(first);
    table.put(second);
    expect((await open().openStrikes()).found.map(({ group }) => group)).toEqual(['c']);
  });

  test('are read without the attributes that a newer version added', async () => {
    const { open, table } = ledgersOnSandbox();
    const claim = aClaim({ budgets: [aBudget()] });
    await open().claim(claim);
    const before = (await open().openStrikes()).found;
    const more = { weather: { S: 'fine' } };
    const inside = (value: AttributeValue | undefined) => ({ M: { ...value?.M, ...more } });
    const [pointer] = table.partition({ S: 'open' });
    const strike = table
      .partition({ S: `group#${claim.group}` })
      .find(({ sk }) => sk?.S?.startsWith('strike#'));
    if (pointer === undefined || strike === undefined) throw new Error('there is no strike');
    table.put({ ...pointer, ...more });
    const { target, fault, budgets } = strike;
    table.put({
      ...strike,
      ...more,
      target: inside(target),
      fault: inside(fault),
      budgets: { L: (budgets?.L ?? []).map(inside) },
    });
    expect((await open().openStrikes()).found).toEqual(before);
    expect(before).toHaveLength(1);
  });

  test('are read even if a pointer has only its key left', async () => {
    const { open, table } = ledgersOnSandbox();
    await open().claim(aClaim());
    const before = await open().openStrikes();
    const [{ pk, sk } = {}] = table.partition({ S: 'open' });
    if (pk === undefined || sk === undefined) throw new Error('there is no pointer');
    table.put({ pk, sk });
    expect(await open().openStrikes()).toEqual(before);
    expect(before.found).toHaveLength(1);
  });
});
