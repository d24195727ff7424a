import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { claim, conditionFailed, controlKey, in400Days, ledgerOn, stopItem } from '../support/ledger-on.ts';

describe('a claim', () => {
  test('is put where none stands, and then the latest stop is read', async () => {
    const { ledger, calls } = ledgerOn(() => ({}));
    expect(await ledger.claim(claim)).toEqual({ status: 'claimed' });
    expect(calls.map(({ command, input }) => ({ command, input }))).toEqual([
      {
        command: 'PutItemCommand',
        input: {
          TableName: 'chaos-ledger',
          Item: {
            pk: { S: 'slot#2026-11-23T09:00:00Z' },
            sk: { S: '111122223333/eu-west-1/asg/web' },
            ...Object.fromEntries(Object.entries(claim).map(([key, value]) => [key, { S: value }])),
            token: { S: expect.any(String) },
            expiresAt: in400Days,
          },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        command: 'GetItemCommand',
        input: {
          TableName: 'chaos-ledger',
          Key: controlKey,
          ConsistentRead: true,
          ProjectionExpression: '#stop',
          ExpressionAttributeNames: { '#stop': 'stop' },
        },
      },
    ]);
  });

  test('is ours when the answer was lost and the call was repeated', async () => {
    let standing: PutItemCommandInput['Item'];
    const { ledger, calls } = ledgerOn(({ command, input }) => {
      if (command !== 'PutItemCommand') return {};
      if (standing !== undefined) throw conditionFailed(standing);
      standing = (input as PutItemCommandInput).Item;
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    });
    expect(await ledger.claim(claim)).toEqual({ status: 'claimed' });
    expect(calls.map(({ command }) => command)).toEqual([
      'PutItemCommand',
      'PutItemCommand',
      'GetItemCommand',
    ]);
  });

  test('is withdrawn when a stop was set while it was made, and only if it still is the same', async () => {
    const { ledger, calls } = ledgerOn(({ command }) =>
      command === 'GetItemCommand' ? { Item: stopItem } : {},
    );
    expect(await ledger.claim(claim)).toEqual({ status: 'stopped' });
    const put = calls[0]?.input as PutItemCommandInput;
    expect(calls[2]).toMatchObject({
      command: 'DeleteItemCommand',
      input: {
        Key: { pk: { S: 'slot#2026-11-23T09:00:00Z' }, sk: { S: '111122223333/eu-west-1/asg/web' } },
        ConditionExpression: '#token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':token': put.Item?.token },
      },
    });
  });

  test("leaves another's claim alone when it is withdrawn a second time", async () => {
    const { ledger } = ledgerOn(({ command }) => {
      if (command === 'DeleteItemCommand') throw conditionFailed();
      return command === 'GetItemCommand' ? { Item: stopItem } : {};
    });
    expect(await ledger.claim(claim)).toEqual({ status: 'stopped' });
  });

  test('is not answered when the stop cannot be read', async () => {
    const { ledger } = ledgerOn(({ command }) => {
      if (command === 'GetItemCommand') throw new Error('unreadable');
      return {};
    });
    await expect(ledger.claim(claim)).rejects.toThrow('unreadable');
  });

  test('each has a token of its own', async () => {
    const { ledger, calls } = ledgerOn(() => ({}));
    await ledger.claim(claim);
    await ledger.claim(claim);
    const tokens = calls
      .filter(({ command }) => command === 'PutItemCommand')
      .map(({ input }) => (input as PutItemCommandInput).Item?.token?.S);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(2);
  });
});
