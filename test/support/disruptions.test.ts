import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { defaultTimings } from '#sandbox/state/sandbox-context.ts';
import { aSandbox, master, region, role, startsAt } from '../sandbox/a-sandbox.ts';

/** As long as a call is not retried, it is made once. */
const noRetries = { deadline: 0 };

describe('throttling', () => {
  test('affects the next matching calls and no others', async () => {
    const { clients, sandbox, assume } = aSandbox();
    const session = { ...(await assume()), ...noRetries };
    const look = (name: string) =>
      clients(EC2Client, { ...session, region: name }).send(new DescribeInstancesCommand());
    sandbox.disruptions.throttle({ action: 'ec2:DescribeInstances', region: 'us-east-1' }, 2);
    await look('eu-west-1');
    const throttled = { name: 'RequestLimitExceeded', $metadata: { httpStatusCode: 503 } };
    await expect(look('us-east-1')).rejects.toMatchObject(throttled);
    await expect(look('us-east-1')).rejects.toMatchObject(throttled);
    await look('us-east-1');
  });

  test('affects only one account', async () => {
    const { clients, sandbox, assume } = aSandbox();
    const session = await assume();
    sandbox.disruptions.throttle({ account: master });
    await clients(EC2Client, { ...session, ...noRetries }).send(new DescribeInstancesCommand());
    await expect(
      clients(EC2Client, { region, ...noRetries }).send(new DescribeInstancesCommand()),
    ).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
  });

  test('is what the SDK retries', async () => {
    const { clients, sandbox, assume } = aSandbox();
    const session = await assume();
    sandbox.disruptions.throttle({}, 3);
    const { $metadata } = await clients(EC2Client, session).send(new DescribeInstancesCommand());
    expect($metadata.attempts).toBe(4);
  });

  test('enforces a rate: a burst passes, and then so many per second', async () => {
    const { clients, clock, sandbox } = aSandbox({ jumps: false });
    sandbox.disruptions.limitRate({ action: 'sts:GetCallerIdentity' }, { perSecond: 2, burst: 3 });
    const sts = clients(STSClient, { region, ...noRetries });
    const passed = async (count: number) => {
      const answers = await Promise.allSettled(
        Array.from({ length: count }, () => sts.send(new GetCallerIdentityCommand())),
      );
      return answers.filter(({ status }) => status === 'fulfilled').length;
    };
    expect(await passed(5)).toBe(3);
    expect(await passed(5)).toBe(0);
    await clock.advance(1_000);
    expect(await passed(5)).toBe(2);
    await clock.advance(60_000);
    expect(await passed(5)).toBe(3);
  });
});

describe('denial', () => {
  test('affects only one role', async () => {
    const { sandbox, assume } = aSandbox();
    sandbox.disruptions.deny({ action: 'sts:AssumeRole', resource: `${role.roleArn}-other` });
    await assume();
    sandbox.disruptions.deny({ action: 'sts:AssumeRole', resource: role.roleArn });
    await expect(assume()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${master}:assumed-role/chaos-monkey/chaos-monkey is not authorized to perform: sts:AssumeRole on resource: ${role.roleArn}`,
    });
  });
});

describe('failing calls', () => {
  test('have no effect', async () => {
    const { clients, sandbox, home, assume } = aSandbox();
    const { id } = home.instance();
    const session = { ...(await assume()), ...noRetries };
    sandbox.disruptions.fail(
      ({ action, resources }) => action.startsWith('ec2:') && resources.some((arn) => arn.endsWith(id)),
      () => new Error('the disk is on fire'),
      1,
    );
    const terminate = () =>
      clients(EC2Client, session).send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await expect(terminate()).rejects.toThrow('the disk is on fire');
    expect(home.instances()).toMatchObject([{ id, state: 'running' }]);
    await terminate();
    expect(home.instances()).toMatchObject([{ id, state: 'shutting-down' }]);
  });
});

describe('lost answers', () => {
  test('the call has taken effect, and the SDK retries', async () => {
    const { clients, sandbox, home, assume } = aSandbox();
    const { id } = home.instance();
    const session = await assume();
    sandbox.disruptions.loseAnswer({ action: 'ec2:TerminateInstances' }, 1);
    await expect(
      clients(EC2Client, { ...session, ...noRetries }).send(
        new TerminateInstancesCommand({ InstanceIds: [id] }),
      ),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(home.instances()).toMatchObject([{ id, state: 'shutting-down' }]);

    sandbox.disruptions.loseAnswer({ action: 'ec2:TerminateInstances' }, 1);
    const { TerminatingInstances, $metadata } = await clients(EC2Client, session).send(
      new TerminateInstancesCommand({ InstanceIds: [id] }),
    );
    expect($metadata.attempts).toBe(2);
    expect(TerminatingInstances).toMatchObject([{ InstanceId: id }]);
  });

  test('a transaction whose answer was lost is not repeated by the retry', async () => {
    const { clients, sandbox } = aSandbox();
    sandbox.account(master).region(region).table({ name: 'ledger', partitionKey: 'pk' });
    const db = clients(DynamoDBClient, { region });
    const Key = { pk: { S: 'counter' } };
    sandbox.disruptions.loseAnswer({ action: 'dynamodb:TransactWriteItems' }, 2);
    const { $metadata } = await db.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Update: {
              TableName: 'ledger',
              Key,
              UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one',
              ExpressionAttributeNames: { '#n': 'n' },
              ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
            },
          },
        ],
      }),
    );
    expect($metadata.attempts).toBe(3);
    expect((await db.send(new GetItemCommand({ TableName: 'ledger', Key }))).Item).toEqual({
      ...Key,
      n: { N: '1' },
    });
  });

  test('a conditional put whose answer was lost finds itself record there', async () => {
    const { clients, sandbox } = aSandbox();
    sandbox.account(master).region(region).table({ name: 'ledger', partitionKey: 'pk' });
    sandbox.disruptions.loseAnswer({ action: 'dynamodb:PutItem' }, 1);
    const Item = { pk: { S: 'claim' }, token: { S: 'mine' } };
    await expect(
      clients(DynamoDBClient, { region }).send(
        new PutItemCommand({
          TableName: 'ledger',
          Item,
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': 'pk' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });
});

describe('latency', () => {
  test('delays every call, and some for longer; concurrent calls wait together', async () => {
    const { clients, clock, sandbox } = aSandbox();
    sandbox.disruptions.latencyMs = 50;
    sandbox.disruptions.slow({ region: 'us-east-1' }, 200);
    const sts = clients(STSClient, { region });
    await Promise.all([1, 2, 3].map(() => sts.send(new GetCallerIdentityCommand())));
    expect(clock.now() - startsAt).toBe(50);
    await clients(STSClient, { region: 'us-east-1' }).send(new GetCallerIdentityCommand());
    expect(clock.now() - startsAt).toBe(300);
  });

  test('passes before the effect', async () => {
    const { clients, clock, sandbox, home, assume } = aSandbox({ jumps: false });
    const { id } = home.instance();
    const session = await assume();
    sandbox.disruptions.latencyMs = 50;
    const call = clients(EC2Client, session).send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await clock.advance(49);
    expect(home.instances()).toMatchObject([{ state: 'running' }]);
    await clock.advance(1);
    await call;
    expect(home.instances()).toMatchObject([{ state: 'shutting-down' }]);
    // What begins then takes its time from then.
    await clock.advance(defaultTimings.shuttingDownMs - 1);
    expect(home.instances()).toMatchObject([{ state: 'shutting-down' }]);
    await clock.advance(1);
    expect(home.instances()).toMatchObject([{ state: 'terminated' }]);
  });
});

test('all disruptions can be ended', async () => {
  const { clients, clock, sandbox } = aSandbox();
  sandbox.disruptions.latencyMs = 50;
  sandbox.disruptions.slow({}, 50);
  sandbox.disruptions.throttle({});
  sandbox.disruptions.clear();
  await clients(STSClient, { region, ...noRetries }).send(new GetCallerIdentityCommand());
  expect(clock.now()).toBe(startsAt);
});
