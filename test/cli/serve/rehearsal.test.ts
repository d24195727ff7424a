import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aCli } from '../../support/a-cli.ts';
import { monday } from '../../support/a-sandbox-world.ts';
import { aServer } from '../../support/a-server.ts';

let server: Awaited<ReturnType<typeof aServer>>;
beforeAll(async () => {
  server = await aServer();
  vi.stubEnv('AWS_ENDPOINT_URL', server.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const chaos = aCli({ clock: { now: () => monday, sleep: async () => {} } });

describe('what npm run serve answers to chaos', () => {
  const run = async (...options: readonly string[]) =>
    JSON.parse((await chaos('run', '--force', '--json', ...options)).out);
  let checkout: string;
  beforeAll(async () => {
    checkout = (await run('--group', 'checkout')).decisions[0].group;
  });
  const live = () => run('--unleash', '--group', checkout);

  test('a stop holds the served monkey until it is lifted', async () => {
    expect((await chaos('stop', '--reason', 'rehearsal')).exitCode).toBe(0);
    const { stop } = JSON.parse((await chaos('status', '--json')).out);
    expect(stop).toMatchObject({ reason: 'rehearsal' });
    expect(await live()).toMatchObject({ outcome: 'closed', counts: { succeeded: 0 } });
    expect((await chaos('resume')).exitCode).toBe(0);
    expect(JSON.parse((await chaos('status', '--json')).out)).toMatchObject({ stop: null });
  });

  test('a veto and a leash spare their group until they are lifted', async () => {
    for (const [holds, code] of [
      [['veto', checkout, '--until', '2h', '--reason', 'release'], 'vetoed'],
      [['leash', checkout, '--reason', 'ill'], 'leashed-group'],
    ] as const) {
      expect((await chaos(...holds)).exitCode).toBe(0);
      expect((await live()).decisions).toMatchObject([{ reason: { code } }]);
      expect((await chaos(holds[0], checkout, '--off')).exitCode).toBe(0);
    }
    expect(await live()).toMatchObject({ counts: { succeeded: 1 } });
  });

  test('a plan comes from the served monkey', async () => {
    const { exitCode, out } = await chaos('plan', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ days: [{ day: '2026-11-23' }], failures: [] });
  });

  test("the stack exists only in the master's region", async () => {
    const { exitCode, notes } = await chaos('status', '--region', 'us-east-1');
    expect(exitCode).toBe(1);
    expect(notes).toContain('There is no stack ChaosMaster in us-east-1');
  });
});

describe('what npm run serve does not answer', () => {
  const scope = () => ({ region: 'eu-west-1', maxAttempts: 1 });

  test.each([
    ['EC2', () => new EC2Client(scope()).send(new DescribeInstancesCommand({})), 'DescribeInstances of ec2'],
    [
      'the query protocol',
      () => new CloudFormationClient(scope()).send(new ListStacksCommand({})),
      'ListStacks of cloudformation',
    ],
    [
      'JSON',
      () => new SSMClient(scope()).send(new GetParameterCommand({ Name: 'a' })),
      'AmazonSSM.GetParameter of ssm',
    ],
    [
      'REST',
      () => new LambdaClient(scope()).send(new GetFunctionCommand({ FunctionName: 'chaos_monkey' })),
      'GET /2015-03-31/functions/chaos_monkey of lambda',
    ],
  ])('is refused by name: %s', async (_protocol, call, asked) => {
    await expect(call()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(`npm run serve does not implement ${asked}. It implements `),
    });
  });

  test('S3 gets errors as XML', async () => {
    const answer = await fetch(server.url, {
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=any/20261123/eu-west-1/s3/aws4_request, ...' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/^<Error>.*<Code>NotImplemented<\/Code>.*GET \/ of s3/);
  });

  test('a call of DynamoDB that the sandbox does not know is refused as such, and broken JSON too', async () => {
    const ask = async (operation: string, body: string) => {
      const answer = await fetch(server.url, {
        method: 'POST',
        headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
        body,
      });
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    expect(await ask('ListTables', '{}')).toMatchObject({
      status: 400,
      __type: expect.stringMatching(/#NotImplemented$/),
    });
    expect(await ask('GetItem', '{"TableName":')).toMatchObject({
      status: 400,
      __type: expect.stringMatching(/#SerializationException$/),
    });
  });
});

describe('the ledger of npm run serve', () => {
  const client = () => new DynamoDBClient({ region: 'eu-west-1', maxAttempts: 1 });
  const TableName = 'chaos-monkey';
  const Key = { pk: { S: 'a' }, sk: { S: 'b' } };

  test('preserves binary attributes', async () => {
    const part = { B: new Uint8Array([0, 1, 255]) };
    await client().send(new PutItemCommand({ TableName, Item: { ...Key, part } }));
    const { Item } = await client().send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    expect(Item).toEqual({ ...Key, part });
  });

  test('says which part of a transaction was refused', async () => {
    const isNew = {
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
    };
    const parts = [
      { Put: { TableName, Item: { ...Key, sk: { S: 'c' } } } },
      { Put: { TableName, Item: Key, ...isNew } },
    ];
    await client().send(new PutItemCommand({ TableName, Item: Key }));
    await expect(
      client().send(new TransactWriteItemsCommand({ TransactItems: parts })),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
  });

  test('is in its own region', async () => {
    const elsewhere = new DynamoDBClient({ region: 'us-east-1', maxAttempts: 1 });
    await expect(elsewhere.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
