import {
  ApiGatewayV2Client,
  CreateApiCommand,
  DeleteCorsConfigurationCommand,
  GetApiCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import {
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketPolicyCommand,
  GetBucketCorsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { type Moto, motoAvailable, sayWithoutMoto, startMoto } from '../../support/moto.ts';

const scope = { region: 'eu-west-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } };

/** REST APIs answer in ways of their own: nothing after a change, roots named after their content. Over the network, all must pass. */
function answers(): void {
  let moto: Moto;
  const clients = makeClients({ clock: instantClock(), concurrency: 4 });
  beforeAll(async () => {
    moto = await startMoto();
    vi.stubEnv('AWS_ENDPOINT_URL', moto.endpoint);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto.stop();
  });

  test('S3', async () => {
    const s3 = clients(S3Client, scope);
    const Bucket = 'orders';
    const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://shop.example.com'] }];
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
      ],
    });
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect(await s3.send(new GetBucketPolicyCommand({ Bucket }))).toMatchObject({ Policy });
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect(await s3.send(new GetBucketCorsCommand({ Bucket }))).toMatchObject({ CORSRules });
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    for (const [command, name] of [
      [new GetBucketPolicyCommand({ Bucket }), 'NoSuchBucketPolicy'],
      [new GetBucketCorsCommand({ Bucket }), 'NoSuchCORSConfiguration'],
      [new GetBucketTaggingCommand({ Bucket }), 'NoSuchTagSet'],
      [new DeleteBucketCorsCommand({ Bucket: 'nobodys' }), 'NoSuchBucket'],
    ] as const) {
      await expect(s3.send<never, never>(command as never)).rejects.toMatchObject({ name });
    }
  });

  test('API Gateway', async () => {
    const gateway = clients(ApiGatewayV2Client, scope);
    const cors = { AllowOrigins: ['https://shop.example.com'] };
    const { ApiId } = await gateway.send(new CreateApiCommand({ Name: 'orders', ProtocolType: 'HTTP' }));
    await gateway.send(new UpdateApiCommand({ ApiId, CorsConfiguration: cors }));
    expect((await gateway.send(new GetApiCommand({ ApiId }))).CorsConfiguration).toMatchObject(cors);
    await gateway.send(new DeleteCorsConfigurationCommand({ ApiId }));
    await expect(gateway.send(new GetApiCommand({ ApiId: 'nobody' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('SQS, whose URLs are endpoints', async () => {
    const sqs = clients(SQSClient, scope);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    expect(
      await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })),
    ).toMatchObject({ Attributes: { QueueArn: expect.stringMatching(/:orders$/) } });
  });
}

if (motoAvailable()) describe('our clients, on moto', answers);
else sayWithoutMoto('our clients, on moto');
