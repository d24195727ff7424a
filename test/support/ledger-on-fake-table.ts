import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { makeClients } from '#aws/clients/clients.ts';
import type { TransportCall } from '#aws/clients/transport.ts';
import type { Item } from '#aws/ledger/attributes.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { type InstantClock, instantClock } from './instant-clock.ts';

const now = Date.parse('2026-11-23T09:00:03Z');
const secondsIn = (days: number) => now / 1000 + days * 24 * 60 * 60;
export const in40Days = { N: String(secondsIn(40)) };
export const in90Days = { N: String(secondsIn(90)) };
export const in400Days = { N: String(secondsIn(400)) };
export const secret = 'ab'.repeat(32);
export const controlKey: Item = { pk: { S: 'control' }, sk: { S: 'control' } };

/** A ledger whose table answers as it is told, every call that reached the table, and a clock on which nothing takes time. */
export function ledgerOnFakeTable(answer: (call: TransportCall) => object): {
  readonly ledger: Ledger & ExperimentLedger;
  readonly calls: readonly TransportCall[];
  readonly clock: InstantClock;
} {
  const calls: TransportCall[] = [];
  const clock = instantClock(now);
  const clients = makeClients({
    clock,
    concurrency: 8,
    transport: async (call) => {
      // A copy, as the SDK's paginators reuse the input for the next page.
      calls.push({ ...call, input: { ...call.input } });
      return answer(call);
    },
  });
  const client = clients(DynamoDBClient, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    calls,
    clock,
    ledger: dynamoLedger({ client, tableName: 'chaos-ledger', newSecret: () => secret, clock }),
  };
}
