import { describe, expect, test } from 'vitest';
import { checkGuards } from '#core/guards/check-guards.ts';
import { type Guard, selectGuards } from '#core/guards/guard.ts';
import type { Region } from '#sandbox/state/region.ts';
import { bucketsReader } from '#targets/buckets/reader.ts';
import { functionsReader } from '#targets/functions/reader.ts';
import type { KindReader } from '#targets/kind-reader.ts';
import { queuesReader } from '#targets/queues/reader.ts';
import { tablesReader } from '#targets/tables/reader.ts';
import { tagReader } from '#targets/tags.ts';
import { topicsReader } from '#targets/topics/reader.ts';
import { aSandbox, startsAt } from '../sandbox/a-sandbox.ts';
import { aConfig } from '../support/a-config.ts';
import { aGuardContext } from '../support/a-guard-context.ts';
import { putRecent } from '../support/put-recent.ts';

const config = aConfig();
const tags = { 'chaos:opt-in': 'true' };

/** What the guards of a kind say about `orders`, as it is read: by code, the ones that pass as `passes`. */
async function verdictsOf(reader: unknown, put: (region: Region) => void) {
  const { of, discover, inspect } = reader as KindReader;
  const { home, clients, assume } = aSandbox();
  put(home);
  const scope = await assume();
  const look = (service: never) => clients(service, scope);
  const place = { account: home.account, region: home.name };
  const tagsOf = tagReader(config.tags);
  const groups = (await Promise.all(discover(look as never, place, tagsOf, config))).flat();
  const group = groups.find(({ name }) => name === 'orders');
  if (group === undefined) throw new Error(`found ${groups.map(({ key }) => key)}`);
  const inspection = (await inspect([group], place, look as never, config, tagsOf, startsAt)).get(group.key);
  if (inspection === undefined) throw new Error('it was not inspected');
  const guards = selectGuards(of.guards as readonly Guard[], 'inspection');
  const verdicts = checkGuards(guards, { group, inspection }, aGuardContext());
  return Object.fromEntries(verdicts.map(({ code, passes, saw }) => [code, passes ? 'passes' : saw]));
}

const kinds: readonly {
  readonly what: string;
  readonly reader: unknown;
  put(region: Region): void;
  use?(region: Region): void;
  readonly inUse: object;
  /** Left out: whether it is in use cannot be known. */
  readonly idle?: object;
}[] = [
  {
    what: 'a function',
    reader: functionsReader,
    put: ({ functions }) => functions.add({ name: 'orders', tags }),
    use: (region) =>
      putRecent(region, {
        namespace: 'AWS/Lambda',
        name: 'Invocations',
        dimensions: { FunctionName: 'orders' },
      }),
    inUse: { 'stack-in-progress': 'passes', 'function-updating': 'passes', 'function-idle': 'passes' },
    idle: { 'function-idle': '0 invocations in the last hour' },
  },
  {
    what: 'a table',
    reader: tablesReader,
    put: (region) => region.table({ name: 'orders', partitionKey: 'id', tags }),
    use: (region) =>
      putRecent(region, {
        namespace: 'AWS/DynamoDB',
        name: 'ConsumedWriteCapacityUnits',
        dimensions: { TableName: 'orders' },
      }),
    inUse: { 'stack-in-progress': 'passes', 'table-updating': 'passes', 'table-idle': 'passes' },
    idle: { 'table-idle': '0 capacity units consumed in the last hour' },
  },
  {
    what: 'a bucket',
    reader: bucketsReader,
    put: ({ buckets }) => buckets.add({ name: 'orders', tags }),
    inUse: { 'stack-in-progress': 'passes' },
  },
  {
    what: 'a queue',
    reader: queuesReader,
    put: ({ queues }) => queues.add({ name: 'orders', tags }),
    use: (region) =>
      putRecent(region, {
        namespace: 'AWS/SQS',
        name: 'NumberOfMessagesReceived',
        dimensions: { QueueName: 'orders' },
      }),
    inUse: { 'stack-in-progress': 'passes', 'dead-letter-queue': 'passes', 'queue-idle': 'passes' },
    idle: { 'queue-idle': '0 messages sent or received in the last hour' },
  },
  {
    what: 'a topic',
    reader: topicsReader,
    put: (region) => region.topic('orders', { tags }),
    use: (region) =>
      putRecent(region, {
        namespace: 'AWS/SNS',
        name: 'NumberOfMessagesPublished',
        dimensions: { TopicName: 'orders' },
      }),
    inUse: { 'stack-in-progress': 'passes', 'topic-idle': 'passes' },
    idle: { 'topic-idle': '0 messages published in the last hour' },
  },
];

describe.each(kinds)('$what', ({ reader, put, use, inUse }) => {
  test('that is in use, and nothing is happening to, is spared by no guard', async () => {
    expect(
      await verdictsOf(reader, (region) => {
        put(region);
        use?.(region);
      }),
    ).toEqual(inUse);
  });
});

test.each(kinds.filter(({ idle }) => idle !== undefined))(
  '$what that nobody uses is spared',
  async ({ reader, put, inUse, idle }) => {
    expect(await verdictsOf(reader, put)).toEqual({ ...inUse, ...idle });
  },
);

test('a table is spared while one of its indexes is being changed', async () => {
  const verdicts = await verdictsOf(tablesReader, (region) => {
    const table = region.table({
      ...{ name: 'orders', partitionKey: 'id', tags },
      indexes: [{ name: 'by-customer', partitionKey: 'customer' }],
    });
    for (const index of region.control(table).indexes) index.updatingUntil = startsAt + 60_000;
  });
  expect(verdicts['table-updating']).toBe('it is UPDATING');
});

test('a queue is spared that is the dead-letter queue of another', async () => {
  const verdicts = await verdictsOf(queuesReader, ({ queues }) => {
    const { arn } = queues.add({ name: 'orders', tags });
    queues.add({ name: 'checkout', redrive: { to: arn, afterReceives: 3 } });
  });
  expect(verdicts['dead-letter-queue']).toBe('it is the dead-letter queue of checkout');
});
