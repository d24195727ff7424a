import type { TransactWriteItemsInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { LedgerError } from '#aws/ledger/table.ts';
import { aBudget, aClaim } from '../../support/a-claim.ts';
import { in40Days, in400Days, ledgerOnFakeTable } from '../../support/ledger-on-fake-table.ts';
import { transactionCanceled } from '../../support/transaction-conflicts.ts';

const TableName = 'chaos-ledger';
const claim = aClaim({
  budgets: [aBudget(), aBudget({ scope: 'app', of: 'shop', over: 'unverified', max: 1 })],
});

const stamp = 'SET #schemaVersion = if_not_exists(#schemaVersion, :schemaVersion), ';
const stampName = { '#schemaVersion': 'schemaVersion' };
const stampValue = { ':schemaVersion': { N: '1' } };

describe('a claim', () => {
  test('is one transaction over the strike, its record, its pointer and its counters', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    expect(await ledger.claim(claim)).toEqual({ status: 'claimed' });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.command).toBe('TransactWriteItemsCommand');
    expect(calls[0]?.input).toEqual({
      ClientRequestToken: expect.any(String),
      TransactItems: [
        {
          Put: {
            TableName,
            Item: {
              pk: { S: 'group#222222222222/eu-west-1/asg/web' },
              sk: { S: 'strike#2026-11-23T09:00:00Z' },
              slot: { S: '2026-11-23T09:00:00Z' },
              group: { S: '222222222222/eu-west-1/asg/web' },
              runId: { S: '20261123T090000Z-00000001' },
              target: {
                M: {
                  kind: { S: 'ec2-instance' },
                  id: { S: 'i-0123456789abcdef0' },
                  arns: {
                    M: {
                      instance: { S: claim.target.arns.instance },
                      autoScalingGroup: { S: claim.target.arns.autoScalingGroup },
                    },
                  },
                  account: { S: '222222222222' },
                  region: { S: 'eu-west-1' },
                  group: { S: '222222222222/eu-west-1/asg/web' },
                  facts: { M: { zone: { S: 'eu-west-1a' }, autoScalingGroup: { S: 'web' } } },
                },
              },
              fault: { M: { name: { S: 'ec2-terminate' }, parameters: { M: { via: { S: 'ec2' } } } } },
              app: { S: 'shop' },
              healthy: { N: '3' },
              version: { N: '0' },
              day: { S: '2026-11-23' },
              at: { S: '2026-11-23T09:00:01.000Z' },
              abandonedAfter: { N: String(claim.abandonedAfter) },
              budgets: {
                L: [
                  {
                    M: {
                      scope: { S: 'organization' },
                      of: { S: '' },
                      over: { S: '2026-11-23' },
                      max: { N: '5' },
                    },
                  },
                  {
                    M: { scope: { S: 'app' }, of: { S: 'shop' }, over: { S: 'unverified' }, max: { N: '1' } },
                  },
                ],
              },
              state: { S: 'planned' },
              detail: { S: '' },
              expiresAt: in400Days,
              schemaVersion: { N: '1' },
            },
            ConditionExpression: 'attribute_not_exists(#pk)',
            ExpressionAttributeNames: { '#pk': 'pk' },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        {
          Update: {
            TableName,
            Key: { pk: { S: 'group#222222222222/eu-west-1/asg/web' }, sk: { S: 'record' } },
            ConditionExpression: 'attribute_not_exists(#version) OR #version = :version',
            UpdateExpression: `${stamp}#version = :next, #last = :last`,
            ExpressionAttributeNames: { '#version': 'version', '#last': 'last', ...stampName },
            ExpressionAttributeValues: {
              ...stampValue,
              ':version': { N: '0' },
              ':next': { N: '1' },
              ':last': {
                M: {
                  slot: { S: '2026-11-23T09:00:00Z' },
                  day: { S: '2026-11-23' },
                  at: { S: '2026-11-23T09:00:01.000Z' },
                },
              },
            },
          },
        },
        {
          Put: {
            TableName,
            Item: {
              pk: { S: 'open' },
              sk: { S: '222222222222/eu-west-1/asg/web in slot 2026-11-23T09:00:00Z' },
              slot: { S: '2026-11-23T09:00:00Z' },
              group: { S: '222222222222/eu-west-1/asg/web' },
              runId: { S: '20261123T090000Z-00000001' },
              schemaVersion: { N: '1' },
            },
          },
        },
        {
          Update: {
            TableName,
            Key: { pk: { S: 'budget#organization#' }, sk: { S: 'day#2026-11-23' } },
            ConditionExpression: 'attribute_not_exists(#count) OR #count < :below',
            UpdateExpression: `${stamp}#count = if_not_exists(#count, :zero) + :more, #expiresAt = :expiresAt`,
            ExpressionAttributeNames: { '#count': 'count', '#expiresAt': 'expiresAt', ...stampName },
            ExpressionAttributeValues: {
              ':below': { N: '5' },
              ':zero': { N: '0' },
              ':more': { N: '1' },
              ':expiresAt': in40Days,
              ...stampValue,
            },
          },
        },
        {
          Update: {
            TableName,
            Key: { pk: { S: 'budget#app#shop' }, sk: { S: 'unverified' } },
            ConditionExpression: 'attribute_not_exists(#count) OR #count < :below',
            UpdateExpression: `${stamp}#count = if_not_exists(#count, :zero) + :more`,
            ExpressionAttributeNames: { '#count': 'count', ...stampName },
            ExpressionAttributeValues: {
              ':below': { N: '1' },
              ':zero': { N: '0' },
              ':more': { N: '1' },
              ...stampValue,
            },
          },
        },
      ],
    });
  });

  test('requires the version that it was decided on', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    await ledger.claim(aClaim({ version: 41 }));
    const [parts] = calls.map(({ input }) => (input as TransactWriteItemsInput).TransactItems);
    expect(parts?.[1]?.Update).toMatchObject({
      ConditionExpression: '#version = :version',
      ExpressionAttributeValues: { ':version': { N: '41' }, ':next': { N: '42' } },
    });
  });

  test('makes no call if a budget is 0', async () => {
    const { ledger, calls } = ledgerOnFakeTable(() => ({}));
    const none = aBudget({ max: 0 });
    expect(await ledger.claim(aClaim({ budgets: [none] }))).toEqual({ status: 'exhausted', budget: none });
    expect(calls).toEqual([]);
  });

  test('that meets a damaged strike is rejected', async () => {
    const { ledger } = ledgerOnFakeTable(() => {
      throw transactionCanceled([{ Code: 'ConditionalCheckFailed', Item: { state: { S: 'maybe' } } }]);
    });
    await expect(ledger.claim(claim)).rejects.toMatchObject({
      name: 'UnreadableItem',
      item: { sk: `strike#${claim.slot}` },
    });
  });

  test('that is refused by a write without a condition is an error', async () => {
    const { ledger } = ledgerOnFakeTable(() => {
      throw transactionCanceled([
        { Code: 'None' },
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed' },
        { Code: 'None' },
      ]);
    });
    await expect(ledger.claim(claim)).rejects.toBeInstanceOf(LedgerError);
  });
});
