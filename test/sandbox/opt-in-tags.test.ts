import { ApiGatewayV2Client, GetApiCommand, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { GetRoleCommand, IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import { iamAuthorizer } from '../support/iam-authorizer.ts';
import { aSandbox, target } from './a-sandbox.ts';

const optIn = { 'chaos:opt-in': 'true' };

/** A sandbox whose target role may do these actions on what has opted in, and what it was asked about. */
async function optedInOnly(...actions: readonly string[]) {
  const byPolicies = iamAuthorizer();
  const asked: AuthorizationRequest[] = [];
  const { sandbox, home, clients, assume } = aSandbox({
    authorize: (request) => {
      asked.push(request);
      return request.action === 'sts:AssumeRole' || byPolicies(request);
    },
  });
  const account = sandbox.account(target);
  account.role({
    name: 'target',
    trust: { principal: sandbox.callerRole, externalId: 'agreed' },
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: actions,
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/chaos:opt-in': 'true' } },
        },
      ],
    },
  });
  return { account, home, asked, clients, scope: await assume() };
}

describe('a condition on resource tags', () => {
  test('lets in to a table that has opted in, by name and by ARN, and to no other', async () => {
    const { home, clients, scope } = await optedInOnly('dynamodb:DescribeTable', 'dynamodb:UpdateTable');
    const { arn } = home.table({ name: 'orders', partitionKey: 'id', tags: optIn });
    home.table({ name: 'payments', partitionKey: 'id' });
    const db = clients(DynamoDBClient, scope);
    const update = (TableName: string) =>
      db.send(new UpdateTableCommand({ TableName, OnDemandThroughput: { MaxReadRequestUnits: 1 } }));
    await update('orders');
    await db.send(new DescribeTableCommand({ TableName: arn }));
    for (const name of ['payments', 'nobody', `${arn}s`]) {
      await expect(update(name)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
  });

  // Source: S3 User Guide, "Enabling ABAC in general purpose buckets".
  test('lets in to a bucket that has opted in only where its ABAC is enabled', async () => {
    const { home, clients, scope } = await optedInOnly('s3:GetBucketPolicy', 's3:GetBucketAbac');
    home.buckets.add({ name: 'abac', tags: optIn, abac: true });
    home.buckets.add({ name: 'no-abac', tags: optIn });
    home.buckets.add({ name: 'untagged', abac: true });
    const s3 = clients(S3Client, scope);
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: 'abac' }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    for (const Bucket of ['no-abac', 'untagged']) {
      await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
        name: 'AccessDenied',
        $metadata: { httpStatusCode: 403 },
      });
    }
  });

  test('lets in to a queue and a topic that have opted in', async () => {
    const { home, clients, scope } = await optedInOnly('sqs:GetQueueAttributes', 'sns:GetTopicAttributes');
    const sqs = clients(SQSClient, scope);
    const sns = clients(SNSClient, scope);
    const [orders, payments] = [optIn, {}].map((tags, index) => home.queues.add({ name: `q${index}`, tags }));
    await sqs.send(new GetQueueAttributesCommand({ QueueUrl: orders?.url }));
    await expect(sqs.send(new GetQueueAttributesCommand({ QueueUrl: payments?.url }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const [news, ads] = [optIn, {}].map((tags, index) => home.topic(`t${index}`, { tags }));
    await sns.send(new GetTopicAttributesCommand({ TopicArn: news?.arn }));
    await expect(sns.send(new GetTopicAttributesCommand({ TopicArn: ads?.arn }))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
    });
  });

  test('lets in to a role that has opted in; IAM is asked in us-east-1, wherever the client is', async () => {
    const { account, asked, clients, scope } = await optedInOnly('iam:ListAttachedRolePolicies');
    account.role({ name: 'orders', tags: optIn, trust: { principal: 'x' } });
    account.role({ name: 'payments', trust: { principal: 'x' } });
    const iam = clients(IAMClient, scope);
    await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'orders' }));
    expect(asked.at(-1)).toMatchObject({ region: 'us-east-1', account: target });
    for (const command of [
      new ListAttachedRolePoliciesCommand({ RoleName: 'payments' }),
      new GetRoleCommand({ RoleName: 'orders' }),
    ]) {
      await expect(iam.send<never, never>(command as never)).rejects.toMatchObject({ name: 'AccessDenied' });
    }
  });
});

test('the sandbox asks about an API by the method of the request, with the tags of the API', async () => {
  const { home, asked, clients, scope } = await optedInOnly('apigateway:GET');
  const { id, arn } = home.apis.add({ name: 'orders', tags: optIn });
  const gateway = clients(ApiGatewayV2Client, scope);
  for (const command of [new GetApiCommand({ ApiId: id }), new UpdateApiCommand({ ApiId: id })]) {
    // The reference data that IAM is evaluated by does not know these resources.
    await gateway.send<never, never>(command as never).catch(() => {});
  }
  expect(asked.slice(-2)).toMatchObject([
    { action: 'apigateway:GET', resource: arn, resourceTags: optIn },
    { action: 'apigateway:PATCH', resource: arn, resourceTags: optIn },
  ]);
  expect(arn).toBe(`arn:aws:apigateway:eu-west-1::/apis/${id}`);
});
