import { ApiGatewayV2Client, DeleteCorsConfigurationCommand } from '@aws-sdk/client-apigatewayv2';
import { PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { aSandbox, startsAt } from './a-sandbox.ts';

const cors = { AllowOrigins: ['https://shop.example.com'] };

test('an API answers browsers by what is deployed to the stage, and nobody deploys by hand here', async () => {
  const { home, clients, assume } = aSandbox();
  const stages = [
    { name: '$default', autoDeploy: true },
    { name: 'by-hand', autoDeploy: false },
  ];
  const api = home.apis.add({ name: 'orders', cors, stages });
  await clients(ApiGatewayV2Client, await assume()).send(
    new DeleteCorsConfigurationCommand({ ApiId: api.id }),
  );
  expect(api.cors).toBeUndefined();
  expect(api.corsInEffect('$default', startsAt + 4_999)).toEqual(cors);
  expect(api.corsInEffect('$default', startsAt + 5_000)).toBeUndefined();
  expect(api.corsInEffect('by-hand', startsAt + 60_000)).toEqual(cors);
});

test('a bucket answers browsers by what was put a while ago', async () => {
  const { home, clients, assume } = aSandbox();
  const [before, after] = ['https://shop.example.com', 'https://chaos.invalid'].map((origin) => [
    { AllowedMethods: ['GET'], AllowedOrigins: [origin] },
  ]);
  const bucket = home.buckets.add({ name: 'orders', cors: before ?? [] });
  await clients(S3Client, await assume()).send(
    new PutBucketCorsCommand({ Bucket: 'orders', CORSConfiguration: { CORSRules: after } }),
  );
  expect(bucket.corsAt(startsAt + 1_999)).toEqual(before);
  expect(bucket.corsAt(startsAt + 2_000)).toEqual(after);
});
