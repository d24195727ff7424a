import { DynamoDBClient, GetItemCommand, PutResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import { AttachRolePolicyCommand, DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import type { PolicyHolder } from '#sandbox/policies/resource-policy.ts';
import { iamAuthorizer } from '../../support/iam-authorizer.ts';
import { isDenied, isRoleDenied } from '../../support/what-is-denied.ts';
import { aSandbox, startsAt, target } from '../a-sandbox.ts';

const application = `arn:aws:iam::${target}:role/orders`;
const minute = 60_000;
const deadline = startsAt + 5 * minute;

/** As the faults write it: it ends by itself, and spares AWS's services. */
function expiring(action: string, resource: string, principal?: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'chaos',
    Statement: [
      {
        Sid: 'ChaosStrike1',
        Effect: 'Deny',
        Principal: '*',
        Action: action,
        Resource: resource,
        Condition: {
          DateLessThan: { 'aws:CurrentTime': new Date(deadline).toISOString() },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          ...(principal !== undefined && { ArnEquals: { 'aws:PrincipalArn': principal } }),
        },
      },
    ],
  });
}

async function world() {
  const { home, sandbox, assume, clients, clock } = aSandbox();
  const scope = await assume();
  const table = home.table({ name: 'orders', partitionKey: 'id' });
  return {
    account: sandbox.account(target),
    clock,
    scope,
    clients,
    table: home.control(table),
    bucket: home.buckets.add({ name: 'orders' }),
    queue: home.queues.add({ name: 'orders' }),
    topic: home.topic('orders'),
  };
}
type World = Awaited<ReturnType<typeof world>>;

const services: readonly {
  readonly name: string;
  readonly action: string;
  readonly another: string;
  readonly effectMs: number;
  holder(world: World): PolicyHolder;
  on(world: World): string;
  put(world: World, Policy: string): Promise<unknown>;
}[] = [
  {
    name: 'DynamoDB',
    action: 'dynamodb:GetItem',
    another: 'dynamodb:PutItem',
    effectMs: 6_000,
    holder: ({ table }) => table,
    on: ({ table }) => table.arn,
    put: ({ clients, scope, table }, Policy) =>
      clients(DynamoDBClient, scope).send(new PutResourcePolicyCommand({ ResourceArn: table.arn, Policy })),
  },
  {
    name: 'S3',
    action: 's3:GetObject',
    another: 's3:PutObject',
    effectMs: 2_000,
    holder: ({ bucket }) => bucket,
    on: ({ bucket }) => `${bucket.arn}/a.json`,
    put: ({ clients, scope }, Policy) =>
      clients(S3Client, scope).send(new PutBucketPolicyCommand({ Bucket: 'orders', Policy })),
  },
  {
    name: 'SQS',
    action: 'sqs:SendMessage',
    another: 'sqs:ReceiveMessage',
    effectMs: 60_000,
    holder: ({ queue }) => queue,
    on: ({ queue }) => queue.arn,
    put: ({ clients, scope, queue }, Policy) =>
      clients(SQSClient, scope).send(
        new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy } }),
      ),
  },
  {
    name: 'SNS',
    action: 'sns:Publish',
    another: 'sns:Subscribe',
    effectMs: 5_000,
    holder: ({ topic }) => topic,
    on: ({ topic }) => topic.arn,
    put: ({ clients, scope, topic }, AttributeValue) =>
      clients(SNSClient, scope).send(
        new SetTopicAttributesCommand({ TopicArn: topic.arn, AttributeName: 'Policy', AttributeValue }),
      ),
  },
];

describe.each(services)('a policy of $name', ({ action, another, effectMs, holder, on, put }) => {
  test('denies from when it has propagated until its own end', async () => {
    const all = await world();
    const denied = (at: number) => isDenied(holder(all), { action, principal: application, at, on: on(all) });
    await put(all, expiring(action, on(all)));
    expect(await denied(startsAt + effectMs - 1)).toBe(false);
    expect(await denied(startsAt + effectMs)).toBe(true);
    expect(await denied(deadline - 1)).toBe(true);
    expect(await denied(deadline)).toBe(false);
  });

  test('spares services of AWS, other actions, and whoever it does not name', async () => {
    const all = await world();
    await put(all, expiring(action, on(all), application));
    const at = startsAt + 2 * minute;
    const attempt = { action, principal: application, at, on: on(all) };
    expect(await isDenied(holder(all), attempt)).toBe(true);
    for (const other of [
      { principal: `arn:aws:iam::${target}:role/others` },
      { principal: 'events.amazonaws.com' },
      { action: another },
    ]) {
      expect(await isDenied(holder(all), { ...attempt, ...other })).toBe(false);
    }
  });

  test('denies a service that it does not spare', async () => {
    const all = await world();
    const { Statement } = JSON.parse(expiring(action, on(all)));
    delete Statement[0].Condition.BoolIfExists;
    await put(all, JSON.stringify({ Version: '2012-10-17', Statement }));
    const at = startsAt + 2 * minute;
    expect(await isDenied(holder(all), { action, principal: 'events.amazonaws.com', at, on: on(all) })).toBe(
      true,
    );
  });
});

describe('a managed policy', () => {
  test('denies a role from when it has propagated until it is detached and that has propagated', async () => {
    const { account, clients, scope, clock } = await world();
    const role = account.role({ name: 'orders', trust: { principal: 'lambda.amazonaws.com' } });
    const { arn: PolicyArn } = account.managedPolicy({
      name: 'chaos-deny',
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] },
    });
    const iam = clients(IAMClient, scope);
    const denied = (at: number, action = 's3:GetObject') =>
      isRoleDenied(account, role, { action, on: 'arn:aws:s3:::orders/a', at, region: 'eu-west-1' });
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'orders', PolicyArn }));
    await clock.advance(minute);
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'orders', PolicyArn }));
    expect(await denied(startsAt + 14_999)).toBe(false);
    expect(await denied(startsAt + 15_000)).toBe(true);
    expect(await denied(startsAt + minute + 14_999)).toBe(true);
    expect(await denied(startsAt + minute + 15_000)).toBe(false);
  });
});

describe('the sandbox itself, with IAM', () => {
  test('denies what the policy of a resource denies, the change of that policy included', async () => {
    const byPolicies = iamAuthorizer();
    const { home, assume, clients, clock, sandbox } = aSandbox({
      authorize: (request) => request.action === 'sts:AssumeRole' || byPolicies(request),
    });
    sandbox.account(target).role({
      name: 'target',
      trust: { principal: sandbox.callerRole, externalId: 'agreed' },
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }],
      },
    });
    const { arn: ResourceArn } = home.table({ name: 'orders', partitionKey: 'id' });
    const db = clients(DynamoDBClient, await assume());
    const read = () => db.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: '1' } } }));
    const put = (Policy: string) => db.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
    const refused = { name: 'AccessDeniedException' };
    await read();
    await put(expiring('dynamodb:GetItem', ResourceArn));
    await clock.advance(minute);
    await expect(read()).rejects.toMatchObject(refused);
    await put(expiring('dynamodb:*', ResourceArn));
    await clock.advance(minute);
    await expect(put(expiring('dynamodb:GetItem', ResourceArn))).rejects.toMatchObject(refused);
    await clock.advance(5 * minute);
    await read();
  });
});
