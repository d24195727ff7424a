import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateStageCommand,
  DeleteApiCommand,
  GetApisCommand,
} from '@aws-sdk/client-apigatewayv2';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  PutBucketAbacCommand,
  PutBucketCorsCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { zipSync } from 'fflate';
import { partitionOf } from '#core/model/aws-names.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { denyPolicy, denyPolicyName } from '#core/permissions/deny-policy.ts';
import { codeOf } from '#core/util/error-text.ts';
import { type Bench, type Maker, ownTag } from './bench.ts';
import { whenSo } from './shared/struck.ts';
import { corsOfApi, corsRules, targetOf } from './targets.ts';

const tags = { [ownTag.Key]: ownTag.Value };
const patienceMs = 2 * 60_000;
const noCode = 'export const handler = async () => "done";';

/** Creates by calls to AWS. Each removal is arranged before the call: its answer may be lost. */
export function awsMaker(bench: Omit<Bench, 'make'>): Maker {
  const { account, region, client, removeLater, removeAtEnd, clock } = bench;
  const partition = partitionOf(region);
  const until = () => clock.now() + patienceMs;
  /** AWS takes a while to know a role everywhere. */
  const again = async <Result>(attempt: () => Promise<Result>, code: string): Promise<Result> => {
    for (const end = until(); ; await bench.sleep(5_000)) {
      try {
        return await attempt();
      } catch (error) {
        if (codeOf(error) !== code || clock.now() >= end) throw error;
      }
    }
  };

  const role: Maker['role'] = async ({ policy, service } = {}) => {
    const name = bench.name();
    const iam = client(IAMClient);
    removeLater(`role ${name}`, () => removeRole(iam, name));
    const Principal = service === undefined ? { AWS: account } : { Service: service };
    await iam.send(
      new CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
        }),
        Tags: [ownTag],
      }),
    );
    if (policy !== undefined) {
      const PolicyDocument = JSON.stringify(policy);
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'verify', PolicyDocument }));
    }
    return targetOf(bench, 'iam-role', name, { role: `arn:${partition}:iam::${account}:role/${name}` });
  };

  const queue: Maker['queue'] = async () => {
    const QueueName = bench.name();
    const sqs = client(SQSClient);
    const url = `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${account}/${QueueName}`;
    removeLater(`queue ${QueueName}`, () => sqs.send(new DeleteQueueCommand({ QueueUrl: url })));
    await sqs.send(new CreateQueueCommand({ QueueName, tags }));
    return targetOf(bench, 'sqs-queue', QueueName, {
      queue: `arn:${partition}:sqs:${region}:${account}:${QueueName}`,
    });
  };

  const makeFunction: Maker['function'] = async (code = noCode) => {
    const FunctionName = bench.name();
    const lambda = client(LambdaClient);
    const { arns } = await role({
      service: 'lambda.amazonaws.com',
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            Resource: `arn:${partition}:sqs:${region}:${account}:chaos-verify-*`,
          },
        ],
      },
    });
    removeLater(`function ${FunctionName}`, () => lambda.send(new DeleteFunctionCommand({ FunctionName })));
    const create = new CreateFunctionCommand({
      FunctionName,
      Role: arns.role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 10,
      Code: { ZipFile: zipSync({ 'index.mjs': Buffer.from(code) }) },
      Tags: tags,
    });
    await again(() => lambda.send(create), 'InvalidParameterValueException');
    const isActive = async () =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).State === 'Active';
    await whenSo(bench, until(), isActive);
    const arn = `arn:${partition}:lambda:${region}:${account}:function:${FunctionName}`;
    return targetOf(bench, 'lambda-function', FunctionName, { function: arn });
  };

  return {
    role,
    queue,

    table: async () => {
      const TableName = bench.name();
      const dynamodb = client(DynamoDBClient);
      removeLater(`table ${TableName}`, () => dynamodb.send(new DeleteTableCommand({ TableName })));
      await dynamodb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          Tags: [ownTag],
        }),
      );
      const isActive = async () =>
        (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus === 'ACTIVE';
      await whenSo(bench, until(), isActive);
      const table = `arn:${partition}:dynamodb:${region}:${account}:table/${TableName}`;
      return targetOf(bench, 'dynamodb-table', TableName, { table });
    },

    bucket: async () => {
      const Bucket = bench.name();
      const s3 = client(S3Client);
      removeLater(`bucket ${Bucket}`, async () => {
        // Its policy may be in the way of nothing, and is a part of it all the same.
        await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
        await s3.send(new DeleteBucketCommand({ Bucket }));
      });
      // Where S3 began, no place may be named.
      const isFirst = region === 'us-east-1';
      await s3.send(
        new CreateBucketCommand({
          Bucket,
          ...(!isFirst && { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }),
        }),
      );
      await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [ownTag] } }));
      await s3.send(new PutBucketAbacCommand({ Bucket, AbacStatus: { Status: 'Enabled' } }));
      await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: corsRules() } }));
      return targetOf(bench, 's3-bucket', Bucket, { bucket: `arn:${partition}:s3:::${Bucket}` });
    },

    topic: async () => {
      const Name = bench.name();
      const sns = client(SNSClient);
      const topic = `arn:${partition}:sns:${region}:${account}:${Name}`;
      removeLater(`topic ${Name}`, () => sns.send(new DeleteTopicCommand({ TopicArn: topic })));
      await sns.send(new CreateTopicCommand({ Name, Tags: [ownTag] }));
      return targetOf(bench, 'sns-topic', Name, { topic });
    },

    function: makeFunction,

    eventSourceMapping: async () => {
      const lambda = client(LambdaClient);
      const [source, { id: FunctionName }] = [await queue(), await makeFunction()];
      const command = new CreateEventSourceMappingCommand({
        FunctionName,
        EventSourceArn: source.arns.queue,
        Tags: tags,
      });
      const { UUID = '' } = await again(() => lambda.send(command), 'InvalidParameterValueException');
      const remove = () => lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
      removeLater(`mapping ${UUID}`, () => again(remove, 'ResourceInUseException'));
      const isEnabled = async () =>
        (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State === 'Enabled';
      await whenSo(bench, until(), isEnabled);
      const arn = `arn:${partition}:lambda:${region}:${account}:event-source-mapping:${UUID}`;
      return targetOf(bench, 'event-source-mapping', UUID, { eventSourceMapping: arn });
    },

    httpApi: async ({ autoDeploy = true } = {}) => {
      const Name = bench.name();
      const apis = client(ApiGatewayV2Client);
      // Only the answer tells its id, and that may be lost.
      removeLater(`API ${Name}`, async () => {
        const { Items = [] } = await apis.send(new GetApisCommand({ MaxResults: '500' }));
        for (const one of Items.filter((item) => item.Name === Name)) {
          await apis.send(new DeleteApiCommand({ ApiId: one.ApiId }));
        }
      });
      const { ApiId = '' } = await apis.send(
        new CreateApiCommand({ Name, ProtocolType: 'HTTP', CorsConfiguration: corsOfApi(), Tags: tags }),
      );
      await apis.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: autoDeploy }));
      const api = `arn:${partition}:apigateway:${region}::/apis/${ApiId}`;
      return targetOf(bench, 'http-api', ApiId, { api, apiStages: `${api}/stages` });
    },

    denyPolicy: async () => {
      const iam = client(IAMClient);
      const PolicyArn = `arn:${partition}:iam::${account}:policy/${denyPolicyName}`;
      const command = new CreatePolicyCommand({
        PolicyName: denyPolicyName,
        PolicyDocument: JSON.stringify(denyPolicy),
        Tags: [ownTag],
      });
      if (await isNew(() => iam.send(command), 'EntityAlreadyExistsException')) {
        removeAtEnd(`policy ${denyPolicyName}`, () => iam.send(new DeletePolicyCommand({ PolicyArn })));
      }
    },

    scheduleGroup: async () => {
      const scheduler = client(SchedulerClient);
      const Name = undoScheduleGroup;
      const command = new CreateScheduleGroupCommand({ Name, Tags: [ownTag] });
      if (await isNew(() => scheduler.send(command), 'ConflictException')) {
        removeAtEnd(`schedule group ${Name}`, () => scheduler.send(new DeleteScheduleGroupCommand({ Name })));
      }
    },
  };
}

/** False for what others have made, who keep it. */
async function isNew(create: () => Promise<unknown>, exists: string): Promise<boolean> {
  try {
    await create();
    return true;
  } catch (error) {
    if (codeOf(error) === exists) return false;
    throw error;
  }
}

async function removeRole(iam: IAMClient, RoleName: string): Promise<void> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  for (const { PolicyArn } of AttachedPolicies) {
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'verify' })).catch((error: unknown) => {
    if (codeOf(error) !== 'NoSuchEntityException') throw error;
  });
  await iam.send(new DeleteRoleCommand({ RoleName }));
}
