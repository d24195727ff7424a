import type { CORSRule } from '@aws-sdk/client-s3';
import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { BucketSeed } from '#sandbox/s3/bucket.ts';
import { optIn, type StrikeWorld } from '../a-strike-world.ts';
import type { FaultCase, StruckResource } from '../fault-case.ts';
import { motoCase } from '../moto-case.ts';

const parameters = { minutes: 5 };
const shop: CORSRule = {
  ID: 'shop',
  AllowedOrigins: ['https://shop.example.com'],
  AllowedMethods: ['GET', 'PUT'],
  AllowedHeaders: ['*'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 300,
};
const anybody: CORSRule = { AllowedOrigins: ['*'], AllowedMethods: ['GET'] };

const bucket =
  (seed: Omit<BucketSeed, 'name'>) =>
  (world: StrikeWorld): StruckResource => {
    const { region, clock } = world;
    const orders = region.buckets.add({ name: 'orders', abac: true, tags: optIn, ...seed });
    return {
      find: () => world.find('orders'),
      describe: () => orders.corsAt(Number.POSITIVE_INFINITY),
      isBroken: () => {
        const rules = orders.corsAt(clock.now()) ?? [];
        return rules.every(({ AllowedOrigins = [] }) => AllowedOrigins.join().endsWith('.invalid'));
      },
      change: () =>
        orders.setCors(
          [{ AllowedOrigins: ['https://new.example.com'], AllowedMethods: ['GET'] }],
          clock.now(),
        ),
      delete: () => region.buckets.delete('orders'),
      setTags: (tags) => {
        orders.tags = tags;
      },
    };
  };

export const faultCase: FaultCase = {
  variants: [
    { title: 'with a rule', parameters, create: bucket({ cors: [anybody] }) },
    { title: 'with rules of all kinds', parameters, create: bucket({ cors: [shop, anybody] }) },
  ],
  unfit: [
    { title: 'without rules', parameters, reason: /no CORS rules/, create: bucket({}) },
    {
      title: 'that another strike has broken',
      parameters,
      reason: /of a strike already/,
      create: bucket({ cors: [{ ...anybody, ID: 'Chaosfedcba9876543210' }] }),
    },
    {
      title: 'without ABAC',
      parameters,
      reason: /^bucket-abac-off/,
      create: bucket({ abac: false, cors: [anybody] }),
    },
  ],
  onMoto: motoCase({
    parameters,
    id: 'shared-orders',
    arns: () => ({ bucket: 'arn:aws:s3:::shared-orders' }),
    create: async (client) => {
      const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
      await client(S3Client).send(
        new CreateBucketCommand({ Bucket: 'shared-orders', CreateBucketConfiguration }),
      );
      const CORSConfiguration = { CORSRules: [anybody] };
      await client(S3Client).send(new PutBucketCorsCommand({ Bucket: 'shared-orders', CORSConfiguration }));
    },
    describe: async (client) =>
      (await client(S3Client).send(new GetBucketCorsCommand({ Bucket: 'shared-orders' }))).CORSRules,
    standIns: { GetBucketAbacCommand: { AbacStatus: { Status: 'Enabled' } } },
  }),
};
