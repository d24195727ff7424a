import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  GetBucketTaggingCommand,
  PutBucketCorsCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { zipSync } from 'fflate';
import type { RunRequestInput } from '#core/config/run-request.ts';
import { groupKey } from '#core/model/group.ts';
import type { MotoAccount } from '../support/moto-account.ts';
import { somewhere } from './accounts-and-regions.ts';

/** Something in moto that a fault can be done to. */
export interface LastingResource {
  /** The group's key. */
  readonly group: string;
  readonly fault: NonNullable<RunRequestInput['fault']>;
  /** The call that injects it, as the proxy of moto names it. */
  readonly injects: RegExp;
  /** All that AWS says about it. */
  describe(): Promise<unknown>;
}

const { account: accountId, region } = somewhere;
const tags = { 'chaos:opt-in': 'true', 'chaos:probability': '1' };
const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const keyOf = (kind: string, name: string) => groupKey({ ...somewhere, kind, name });

/** A function, a table, a bucket and a queue that have opted in and are in use. `name`: nobody else's. */
export async function lastingResources(
  account: MotoAccount,
  name: string,
): Promise<readonly LastingResource[]> {
  return Promise.all([
    aFunction(account, name),
    aTable(account, name),
    aBucket(account, name),
    aQueue(account, name),
  ]);
}

async function aFunction(account: MotoAccount, name: string): Promise<LastingResource> {
  const lambda = account.client(LambdaClient, region);
  const { Role } = await account
    .client(IAMClient, region)
    .send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trustsLambda) }));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: Role?.Arn,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.mjs': Buffer.from('export const handler = () => {};') }) },
      Tags: tags,
    }),
  );
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 40 }),
  );
  await isUsed(account, 'AWS/Lambda', 'Invocations', { FunctionName: name });
  return {
    group: keyOf('function', name),
    fault: { name: 'lambda-concurrency', parameters: { limit: 0 } },
    injects: new RegExp(`^lambda:PUT .*/functions/${name}/concurrency$`),
    describe: async () => {
      const [{ Configuration, Tags, Concurrency }, { ReservedConcurrentExecutions }] = await Promise.all([
        lambda.send(new GetFunctionCommand({ FunctionName: name })),
        lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name })),
      ]);
      return { Configuration, Tags, Concurrency, ReservedConcurrentExecutions };
    },
  };
}

async function aTable(account: MotoAccount, name: string): Promise<LastingResource> {
  const client = account.client(DynamoDBClient, region);
  const ResourceArn = `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Tags: pairs,
    }),
  );
  const Statement = {
    Sid: 'Audit',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:role/audit` },
    Action: 'dynamodb:GetItem',
    Resource: ResourceArn,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
  await client.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
  await isUsed(account, 'AWS/DynamoDB', 'ConsumedReadCapacityUnits', { TableName: name });
  return {
    group: keyOf('table', name),
    fault: { name: 'dynamodb-deny', parameters: { actions: ['dynamodb:GetItem'] } },
    injects: /^dynamodb:PutResourcePolicy$/,
    describe: async () => {
      const [{ Table }, { Policy: text = '' }] = await Promise.all([
        client.send(new DescribeTableCommand({ TableName: name })),
        client.send(new GetResourcePolicyCommand({ ResourceArn })),
      ]);
      return { Table, policy: JSON.parse(text) };
    },
  };
}

async function aBucket(account: MotoAccount, name: string): Promise<LastingResource> {
  const client = account.client(S3Client, region);
  const Bucket = name;
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: pairs } }));
  const CORSRules = [
    { ID: 'shop', AllowedOrigins: ['https://shop.example.com'], AllowedMethods: ['GET'], MaxAgeSeconds: 300 },
    { AllowedOrigins: ['*'], AllowedMethods: ['GET'] },
  ];
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  return {
    group: keyOf('bucket', name),
    fault: { name: 's3-cors', parameters: {} },
    injects: new RegExp(`^s3:PUT /${name}.*[?&]cors`),
    describe: async () => {
      const [cors, tagging] = await Promise.all([
        client.send(new GetBucketCorsCommand({ Bucket })),
        client.send(new GetBucketTaggingCommand({ Bucket })),
      ]);
      return { cors: cors.CORSRules, tags: tagging.TagSet };
    },
  };
}

async function aQueue(account: MotoAccount, name: string): Promise<LastingResource> {
  const client = account.client(SQSClient, region);
  await client.send(new CreateQueueCommand({ QueueName: name, tags }));
  await isUsed(account, 'AWS/SQS', 'NumberOfMessagesSent', { QueueName: name });
  return {
    group: keyOf('queue', name),
    fault: { name: 'sqs-deny', parameters: { actions: ['sqs:SendMessage'] } },
    injects: /^sqs:SetQueueAttributes$/,
    describe: async () => {
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
      const [{ Attributes }, { Tags }] = await Promise.all([
        client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })),
        client.send(new ListQueueTagsCommand({ QueueUrl })),
      ]);
      // When it was changed last is all that undoing cannot give back.
      return { Attributes: { ...Attributes, LastModifiedTimestamp: '' }, Tags };
    },
  };
}

const trustsLambda = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Nothing idle is struck. Real metrics of AWS's namespaces are written by AWS alone. */
async function isUsed(
  account: MotoAccount,
  Namespace: string,
  MetricName: string,
  dimension: Readonly<Record<string, string>>,
): Promise<void> {
  const Dimensions = Object.entries(dimension).map(([Name, Value]) => ({ Name, Value }));
  const MetricData = [{ MetricName, Dimensions, Value: 5, Timestamp: new Date(Date.now() - 120_000) }];
  await account.client(CloudWatchClient, region).send(new PutMetricDataCommand({ Namespace, MetricData }));
}
