import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayV2Client,
  DeleteCorsConfigurationCommand,
  GetApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetBucketCorsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCalendarStateCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AttemptTracker } from '#aws/clients/attempt-tracker.ts';
import { type Clients, makeClients } from '#aws/clients/clients.ts';
import { UnexpectedResponse } from '#aws/clients/unexpected-response.ts';
import { failure } from '#core/model/failure.ts';
import { instantClock } from '../../support/instant-clock.ts';

interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}
const html =
  '<!DOCTYPE html>\n<html>\r\n<head><title>502 Bad Gateway</title></head>\u001b[31m<body>nginx<br></body></html>';
const scope = { region: 'eu-west-1', credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' } };
const key = { pk: { S: 'control' } };

/** A call of each protocol, and of each client that is in use. */
const calls: readonly [string, (clients: Clients) => Promise<unknown>][] = [
  ['EC2', (clients) => clients(EC2Client, scope).send(new DescribeInstancesCommand({}))],
  [
    'Auto Scaling',
    (clients) => clients(AutoScalingClient, scope).send(new DescribeAutoScalingGroupsCommand({})),
  ],
  ['STS', (clients) => clients(STSClient, scope).send(new GetCallerIdentityCommand({}))],
  ['SNS', (clients) => clients(SNSClient, scope).send(new PublishCommand({ Message: 'm', TopicArn: 't' }))],
  ['CloudFormation', (clients) => clients(CloudFormationClient, scope).send(new DescribeStacksCommand({}))],
  ['CloudWatch', (clients) => clients(CloudWatchClient, scope).send(new DescribeAlarmsCommand({}))],
  ['SSM', (clients) => clients(SSMClient, scope).send(new GetCalendarStateCommand({ CalendarNames: ['c'] }))],
  [
    'DynamoDB, a read',
    (clients) => clients(DynamoDBClient, scope).send(new GetItemCommand({ TableName: 't', Key: key })),
  ],
  [
    'DynamoDB, a write',
    (clients) =>
      clients(DynamoDBClient, scope).send(
        new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 't', Item: key } }] }),
      ),
  ],
  [
    'IAM',
    (clients) => clients(IAMClient, scope).send(new ListAttachedRolePoliciesCommand({ RoleName: 'r' })),
  ],
  ['SQS', (clients) => clients(SQSClient, scope).send(new GetQueueUrlCommand({ QueueName: 'q' }))],
  ['API Gateway', (clients) => clients(ApiGatewayV2Client, scope).send(new GetApiCommand({ ApiId: 'a' }))],
  ['S3', (clients) => clients(S3Client, scope).send(new GetBucketCorsCommand({ Bucket: 'b' }))],
  [
    'S3, a change',
    (clients) => clients(S3Client, scope).send(new PutBucketPolicyCommand({ Bucket: 'b', Policy: '{}' })),
  ],
];

afterEach(() => vi.unstubAllEnvs());

/** What comes of a call where each attempt is answered with the next of these pages, and the last one again. */
async function asked(call: (clients: Clients) => Promise<unknown>, ...pages: readonly Page[]) {
  let requests = 0;
  const server = createServer((request, response) => {
    const { status, body, headers } = pages[Math.min(requests, pages.length - 1)] ?? {
      status: 500,
      body: '',
    };
    requests += 1;
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const answer = await call(makeClients({ clock: instantClock(), concurrency: 1 })).catch((error) => error);
    return { answer, requests };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe.each(calls)('%s', (_, call) => {
  test.each<[string, Page]>([
    ['an HTML page with 502', { status: 502, body: html }],
    ['an HTML page with 200', { status: 200, body: html }],
    ['a page of well-formed XML with 200', { status: 200, body: '<html><body>Sign in</body></html>' }],
    ['plain text with 403', { status: 403, body: 'Blocked by your company' }],
    ['nothing with 200', { status: 200, body: '' }],
    ['nothing with 503', { status: 503, body: '' }],
    ['half of an answer', { status: 200, body: '{"Item": {' }],
    ['half of an answer in XML', { status: 200, body: '<DescribeInstancesResponse><reserv' }],
    ['null', { status: 400, body: 'null' }],
  ])('given %s fails in one line with the status and the beginning of the body', async (_name, page) => {
    const { answer } = await asked(call, page);
    expect(answer).toBeInstanceOf(UnexpectedResponse);
    const start = page.body === '' ? '(empty)' : page.body.slice(0, 9);
    expect(failure('survey', answer)).toMatchObject({
      code: 'UnexpectedResponse',
      message: expect.stringMatching(
        new RegExp(`^HTTP ${page.status} from 127\\.0\\.0\\.1:\\d+, not from AWS: ${RegExp.escape(start)}`),
      ),
    });
    const { message } = answer as Error;
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.length).toBeLessThan(250);
  });

  test('is retried after a 502, but not after a 200', async () => {
    expect((await asked(call, { status: 502, body: html })).requests).toBe(3);
    expect((await asked(call, { status: 200, body: html })).requests).toBe(1);
  });
});

describe('an answer from AWS', () => {
  const [ec2, dynamo, s3, putPolicy] = ['EC2', 'DynamoDB, a read', 'S3', 'S3, a change'].map(
    (name) => calls.find(([other]) => other === name)?.[1],
  );
  const deleteCors: typeof ec2 = (clients) =>
    clients(ApiGatewayV2Client, scope).send(new DeleteCorsConfigurationCommand({ ApiId: 'a' }));
  const getPolicy: typeof ec2 = (clients) =>
    clients(S3Client, scope).send(new GetBucketPolicyCommand({ Bucket: 'b' }));
  const error =
    '<Response><Errors><Error><Code>AuthFailure</Code><Message>no</Message></Error></Errors></Response>';

  test.each<[string, typeof ec2, Page, object]>([
    [
      'an answer in XML',
      ec2,
      {
        status: 200,
        body: '\n<?xml version="1.0"?>\n<DescribeInstancesResponse xmlns="x"><nextToken>t</nextToken></DescribeInstancesResponse>',
      },
      { NextToken: 't' },
    ],
    ['an empty answer in XML', ec2, { status: 200, body: '<DescribeInstancesResponse/>' }, { $metadata: {} }],
    ['an error in XML', ec2, { status: 401, body: error }, { name: 'AuthFailure' }],
    [
      'an answer in JSON',
      dynamo,
      { status: 200, body: '{"Item":{"pk":{"S":"a"}}}' },
      { Item: { pk: { S: 'a' } } },
    ],
    ['an empty answer in JSON', dynamo, { status: 200, body: '{}' }, { $metadata: {} }],
    [
      'an error in JSON',
      dynamo,
      { status: 400, body: '{"__type":"ResourceNotFoundException"}' },
      { name: 'ResourceNotFoundException' },
    ],
    [
      'an answer of S3',
      s3,
      {
        status: 200,
        body: '<?xml version="1.0"?>\n<CORSConfiguration xmlns="x"><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>',
      },
      { CORSRules: [{ AllowedMethods: ['GET'] }] },
    ],
    [
      'an error of S3',
      s3,
      { status: 404, body: '<Error><Code>NoSuchCORSConfiguration</Code></Error>' },
      { name: 'NoSuchCORSConfiguration' },
    ],
    ['a policy of S3', getPolicy, { status: 200, body: '{"Version":"1"}' }, { Policy: '{"Version":"1"}' }],
    [
      'an error of S3 in place of a policy',
      getPolicy,
      { status: 404, body: '<Error><Code>NoSuchBucketPolicy</Code></Error>' },
      { name: 'NoSuchBucketPolicy' },
    ],
    [
      'nothing, of S3 after a change',
      putPolicy,
      { status: 204, body: '', headers: { 'x-amz-request-id': '1' } },
      { $metadata: { httpStatusCode: 204 } },
    ],
    [
      'nothing, of API Gateway after a change',
      deleteCors,
      { status: 204, body: '', headers: { 'x-amzn-requestid': '1' } },
      { $metadata: { httpStatusCode: 204 } },
    ],
    [
      'an error in a header',
      dynamo,
      { status: 400, body: '', headers: { 'x-amzn-errortype': 'AccessDenied' } },
      { name: 'AccessDenied' },
    ],
  ])('is accepted: %s', async (_, call, page, answer) => {
    expect((await asked(call ?? (async () => {}), page)).answer).toMatchObject(answer);
  });

  test('is accepted after an attempt that something else answered', async () => {
    const { answer, requests } = await asked(
      ec2 ?? (async () => {}),
      { status: 502, body: html },
      { status: 401, body: error },
    );
    expect(requests).toBe(2);
    expect(answer).toMatchObject({ name: 'AuthFailure' });
  });

  test('an object of S3 is handed on whole, and nothing else is taken for one', async () => {
    const getObject = async (clients: Clients) => {
      const { Body } = await clients(S3Client, scope).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
      return Body?.transformToString();
    };
    const text = JSON.stringify({ title: 'Größe', notes: 'x'.repeat(100_000) });
    expect((await asked(getObject, { status: 200, body: text })).answer).toBe(text);
    expect((await asked(getObject, { status: 200, body: html })).answer).toBeInstanceOf(UnexpectedResponse);
    const missing = { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
    expect((await asked(getObject, missing)).answer).toMatchObject({ name: 'NoSuchKey' });
  });

  test('a function answers what it likes', async () => {
    const invoke = (clients: Clients) =>
      clients(LambdaClient, scope).send(new InvokeCommand({ FunctionName: 'f' }));
    expect((await asked(invoke, { status: 200, body: '' })).answer).toMatchObject({ StatusCode: 200 });
    expect((await asked(invoke, { status: 502, body: html })).answer).toBeInstanceOf(UnexpectedResponse);
  });
});

describe('a strike that something else answered', () => {
  test('may have been made, as only AWS can refuse it', async () => {
    const attempts = new AttemptTracker(() => {});
    const terminate = (clients: Clients) => {
      const client = clients(EC2Client, scope);
      client.middlewareStack.use(attempts.plugin);
      return client.send(new TerminateInstancesCommand({ InstanceIds: ['i-0'] }));
    };
    await asked(terminate, { status: 403, body: 'Blocked by your company' });
    expect(attempts.wasRefusedEveryTime).toBe(false);
  });
});
