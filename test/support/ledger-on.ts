import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { makeClients } from '#aws/clients.ts';
import { dynamoLedger } from '#aws/ledger.ts';
import type { TransportCall } from '#aws/transport.ts';
import type { Claim, Ledger, StrikeRecord } from '#core/ports.ts';

const now = Date.parse('2026-11-23T09:00:03Z');
export const in400Days = { N: String(Date.parse('2027-12-28T09:00:03Z') / 1000) };
export const secret = 'ab'.repeat(32);
export const controlKey = { pk: { S: 'control' }, sk: { S: 'control' } };
export const stopItem = { stop: { M: { reason: { S: 'sale' }, by: { S: 'ann' }, at: { S: '2026-11-23' } } } };

export const claim: Claim = {
  slot: '2026-11-23T09:00:00Z',
  group: '111122223333/eu-west-1/asg/web',
  runId: '20261123T090000Z-3f9a1c2b',
  instanceId: 'i-0123456789abcdef0',
  fault: 'ec2-terminate',
  at: '2026-11-23T09:00:01.000Z',
};
export const record: StrikeRecord = { ...claim, outcome: 'succeeded', detail: 'gone' };

/** A ledger whose table answers as it is told, and every call that reached the table. */
export function ledgerOn(answer: (call: TransportCall) => object): {
  ledger: Ledger;
  calls: TransportCall[];
} {
  const calls: TransportCall[] = [];
  const clock = { now: () => now, sleep: async () => {} };
  const clients = makeClients({
    clock,
    concurrency: 8,
    transport: async (call) => {
      calls.push(call);
      return answer(call);
    },
  });
  const client = clients(DynamoDBClient, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    calls,
    ledger: dynamoLedger({ client, tableName: 'chaos-ledger', newSecret: () => secret, clock }),
  };
}

export const conditionFailed = (Item?: PutItemCommandInput['Item']) =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(Item && { Item }),
  });
