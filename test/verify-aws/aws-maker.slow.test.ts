import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListPoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetBucketCorsCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import type { SdkClient, SdkClientClass } from '#core/model/injector.ts';
import { awsPlace } from '#verify-aws/aws-place.ts';
import type { Bench } from '#verify-aws/bench.ts';
import { type Fact, holds } from '#verify-aws/fact.ts';
import { runFacts } from '#verify-aws/run-facts.ts';
import { motoAvailable, sayWithoutMoto } from '../support/moto.ts';
import { motoAccountId, motoForCli } from '../support/moto-for-cli.ts';
import { plainClients } from '../support/plain-clients.ts';

// Of all regions the one in which moto takes PutBucketAbac, which it mistakes for CreateBucket.
const region = 'us-east-1';

async function makeAll({ make }: Bench) {
  const everything = [
    make.table,
    make.bucket,
    make.queue,
    make.topic,
    make.function,
    make.role,
    make.httpApi,
  ];
  for (const one of everything) await one();
  await make.denyPolicy();
  // What is there already is neither a mistake nor removed twice.
  await make.denyPolicy();
  // No schedule group: moto 5.2 fails to delete one, with a 500.
}

if (!motoAvailable()) sayWithoutMoto('what npm run verify:aws creates');
describe.skipIf(!motoAvailable())('awsMaker, on moto', () => {
  const moto = motoForCli();

  test('creates what it says, and nothing is left of it', async () => {
    let ids = 0;
    const newId = () => {
      ids += 1;
      return `feedface${ids}`;
    };
    const clients = plainClients(moto().endpoint);
    const place = { ...awsPlace(motoAccountId, region, newId), clients };
    const client = <Client extends SdkClient>(service: SdkClientClass<Client>) =>
      place.clients(service, { region });
    const names = async () => {
      const [tables, buckets, queues, topics, functions, roles, policies, apis] = await Promise.all([
        client(DynamoDBClient).send(new ListTablesCommand({})),
        client(S3Client).send(new ListBucketsCommand({})),
        client(SQSClient).send(new ListQueuesCommand({})),
        client(SNSClient).send(new ListTopicsCommand({})),
        client(LambdaClient).send(new ListFunctionsCommand({})),
        client(IAMClient).send(new ListRolesCommand({})),
        client(IAMClient).send(new ListPoliciesCommand({ Scope: 'Local' })),
        client(ApiGatewayV2Client).send(new GetApisCommand({})),
      ]);
      return {
        tables: tables.TableNames?.length ?? 0,
        buckets: buckets.Buckets?.length ?? 0,
        queues: queues.QueueUrls?.length ?? 0,
        topics: topics.Topics?.length ?? 0,
        functions: functions.Functions?.length ?? 0,
        roles: roles.Roles?.length ?? 0,
        policies: policies.Policies?.length ?? 0,
        apis: apis.Items?.length ?? 0,
      };
    };
    const before = await names();
    let during: Awaited<ReturnType<typeof names>> | undefined;
    let cors: unknown;
    const fact: Fact = {
      ...{ name: 'all', claim: 'All.', faults: [] },
      check: {
        ...{ creates: [], minutes: 1, cents: 0 },
        run: async (bench) => {
          await makeAll(bench);
          during = await names();
          const { Buckets = [] } = await client(S3Client).send(new ListBucketsCommand({}));
          const Bucket = Buckets[0]?.Name;
          cors = (await client(S3Client).send(new GetBucketCorsCommand({ Bucket }))).CORSRules;
          return holds('made');
        },
      },
    };
    const { facts, left } = await runFacts([fact], place, new AbortController().signal);
    expect(facts).toMatchObject([{ answer: 'holds', saw: 'made' }]);
    expect(cors).toHaveLength(1);
    expect(during).toEqual({
      tables: 1,
      buckets: 1,
      queues: 1,
      topics: 1,
      functions: 1,
      roles: 2,
      policies: 1,
      apis: 1,
    });
    expect(left).toEqual([]);
    expect(await names()).toEqual(before);
  });
});
