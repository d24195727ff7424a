import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { policyCase } from '../a-policy-case.ts';
import { optIn } from '../a-strike-world.ts';

export const faultCase = policyCase({
  action: 's3:GetObject',
  another: 's3:PutObject',
  maxBytes: 20_480,
  arnOf: () => 'arn:aws:s3:::orders',
  on: (arn) => `${arn}/*`,
  create: ({ region, clock }, policy) => {
    const bucket = region.buckets.add({ name: 'orders', abac: true, tags: optIn, ...(policy && { policy }) });
    return {
      holder: bucket,
      text: () => bucket.policy.latest,
      set: (text) => bucket.policy.set(text, clock.now()),
      delete: () => region.buckets.delete('orders'),
      setTags: (tags) => {
        bucket.tags = tags;
      },
    };
  },
  unfit: [
    {
      title: 'without ABAC',
      parameters: { actions: ['s3:GetObject'], minutes: 5 },
      reason: /^bucket-abac-off/,
      create: (world) => {
        world.region.buckets.add({ name: 'orders', tags: optIn });
        return { find: () => world.find('orders') };
      },
    },
  ],
  onMoto: {
    id: 'denied-orders',
    arns: () => ({ bucket: 'arn:aws:s3:::denied-orders' }),
    create: async (client) => {
      const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
      await client(S3Client).send(
        new CreateBucketCommand({ Bucket: 'denied-orders', CreateBucketConfiguration }),
      );
      const Statement = {
        Sid: 'One',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::denied-orders/*',
      };
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      await client(S3Client).send(new PutBucketPolicyCommand({ Bucket: 'denied-orders', Policy }));
    },
    describe: async (client) => {
      const { Policy = '' } = await client(S3Client).send(
        new GetBucketPolicyCommand({ Bucket: 'denied-orders' }),
      );
      return JSON.parse(Policy);
    },
    standIns: { GetBucketAbacCommand: { AbacStatus: { Status: 'Enabled' } } },
  },
});
