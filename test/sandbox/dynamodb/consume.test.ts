import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { codeOf } from '#core/util/error-text.ts';
import type { TableControlSeed } from '#sandbox/dynamodb/table-control.ts';
import { aSandbox } from '../a-sandbox.ts';

async function aTable(seed: TableControlSeed) {
  const { home, assume, clients, clock } = aSandbox();
  home.table({ name: 'images', partitionKey: 'id', ...seed });
  const client = clients(DynamoDBClient, { ...(await assume()), patienceMs: 0 });
  const outcome = (call: Promise<unknown>) => call.then(() => 'taken', codeOf);
  return {
    clock,
    read: (ConsistentRead: boolean) =>
      outcome(
        client.send(new GetItemCommand({ TableName: 'images', Key: { id: { S: '1' } }, ConsistentRead })),
      ),
    scan: () => outcome(client.send(new ScanCommand({ TableName: 'images' }))),
    write: (bytes: number) =>
      outcome(
        client.send(
          new PutItemCommand({ TableName: 'images', Item: { id: { S: '1' }, x: { S: 'x'.repeat(bytes) } } }),
        ),
      ),
  };
}

const times = async (count: number, call: () => Promise<unknown>) => {
  const outcomes: unknown[] = [];
  for (let done = 0; done < count; done += 1) outcomes.push(await call());
  return outcomes;
};

test('takes what a second has, and throttles the rest', async () => {
  const { read, write, clock } = await aTable({ provisioned: { read: 2, write: 1 } });
  const throttled = 'ProvisionedThroughputExceededException';
  expect(await times(3, () => read(true))).toEqual(['taken', 'taken', throttled]);
  expect(await times(2, () => write(10))).toEqual(['taken', throttled]);
  await clock.advance(1_000);
  expect(await times(5, () => read(false))).toEqual(['taken', 'taken', 'taken', 'taken', throttled]);
});

test('on demand has a maximum, if any', async () => {
  const limited = await aTable({ maximum: { MaxReadRequestUnits: 1 } });
  expect(await times(3, limited.scan)).toEqual(['taken', 'taken', 'ThrottlingException']);
  expect(await times(20, () => limited.write(2_000))).not.toContain('ThrottlingException');
  const unlimited = await aTable({});
  expect(await times(20, unlimited.scan)).not.toContain('ThrottlingException');
});
