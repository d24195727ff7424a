import {
  type CORSRule,
  DeleteBucketCorsCommand,
  DeleteBucketPolicyCommand,
  GetBucketAbacCommand,
  GetBucketCorsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { createBucket } from './arrange-bucket.ts';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';
import { denial } from './denial.ts';

export const title = 'S3';

const noPolicy = { name: 'NoSuchBucketPolicy', $metadata: { httpStatusCode: 404 } };
const noCors = { name: 'NoSuchCORSConfiguration', $metadata: { httpStatusCode: 404 } };
const rules: CORSRule[] = [
  {
    ID: 'shop',
    AllowedHeaders: ['*'],
    AllowedMethods: ['GET', 'PUT'],
    AllowedOrigins: ['https://shop.example.com'],
    ExposeHeaders: ['etag'],
    MaxAgeSeconds: 300,
  },
  { AllowedMethods: ['HEAD'], AllowedOrigins: ['*'] },
];

export function facts(fact: Fact): void {
  fact('a policy is put, read and deleted', async (account, aws) => {
    const { put, get, remove, text } = await bucket(account, aws);
    await expect(get()).rejects.toMatchObject(noPolicy);
    await put(text);
    await aws.settle();
    expect(await get()).toBe(text);
    await remove();
    await aws.settle();
    await expect(get()).rejects.toMatchObject(noPolicy);
    await remove();
  });

  fact('a CORS configuration is put, read as it was put, and deleted', async (account, aws) => {
    const { s3, Bucket, putCors, getCors } = await bucket(account, aws);
    await expect(getCors()).rejects.toMatchObject(noCors);
    await putCors(rules);
    await aws.settle();
    expect(await getCors()).toEqual(rules);
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    await aws.settle();
    await expect(getCors()).rejects.toMatchObject(noCors);
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
  });

  fact('what is about a bucket that does not exist is refused', async (account, aws) => {
    const s3 = aws.clients(S3Client, account.scope());
    const Bucket = `nobodys-${account.id}`;
    for (const command of [
      new GetBucketPolicyCommand({ Bucket }),
      new PutBucketPolicyCommand({ Bucket, Policy: denial('1', 's3:GetObject', `arn:aws:s3:::${Bucket}/*`) }),
      new DeleteBucketPolicyCommand({ Bucket }),
      new GetBucketCorsCommand({ Bucket }),
      new DeleteBucketCorsCommand({ Bucket }),
      new GetBucketTaggingCommand({ Bucket }),
    ]) {
      await expect(s3.send<never, never>(command as never)).rejects.toMatchObject({
        name: 'NoSuchBucket',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  fact('tags are read, if there are any', async (account, aws) => {
    const s3 = aws.clients(S3Client, account.scope());
    const Bucket = await createBucket(account, { 'chaos:opt-in': 'true' });
    expect(await s3.send(new GetBucketTaggingCommand({ Bucket }))).toMatchObject({
      TagSet: [{ Key: 'chaos:opt-in', Value: 'true' }],
    });
  });

  fact('a bucket without tags has no set of tags', async (account, aws) => {
    const { s3, Bucket } = await bucket(account, aws);
    await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchTagSet',
    });
  });

  // Source: S3 User Guide, "Adding a bucket policy" and "Policies and permissions in Amazon S3".
  fact(
    'a policy is JSON, about its bucket, and no longer than 20 KB',
    async (account, aws) => {
      const { put, text, Bucket } = await bucket(account, aws);
      for (const wrong of [
        '{',
        '{}',
        denial('1', 's3:GetObject', `arn:aws:s3:::${Bucket}s/*`),
        denial('1', 's3:GetObject', `arn:aws:s3:::${Bucket}`),
        denial('1', 's3:GetObject', `arn:aws:s3:::${Bucket}/*`).replace('Deny', 'deny'),
        denial('1', 's3:GetObject', `arn:aws:s3:::${Bucket}/*`).replace('Principal', 'Subject'),
      ]) {
        await expect(put(wrong)).rejects.toMatchObject({ name: 'MalformedPolicy' });
      }
      await expect(put(text.padEnd(20_481))).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
      await put(text.padEnd(20_480));
    },
    'takes whatever it is given',
  );

  // Source: S3 User Guide, "Elements of a CORS configuration".
  fact(
    'CORS is configured for five methods and one wildcard in an origin, in 1 to 100 rules',
    async (account, aws) => {
      const { putCors } = await bucket(account, aws);
      const rule = { AllowedMethods: ['GET'], AllowedOrigins: ['*'] };
      const wrong = { name: 'InvalidRequest' };
      await expect(putCors([{ ...rule, AllowedMethods: ['PATCH'] }])).rejects.toMatchObject(wrong);
      await expect(putCors([{ ...rule, AllowedOrigins: ['*://*'] }])).rejects.toMatchObject(wrong);
      for (const count of [0, 101]) {
        await expect(putCors(Array.from({ length: count }, () => rule))).rejects.toMatchObject({
          name: 'MalformedXML',
        });
      }
    },
    'fails on none, and takes any wildcards',
  );

  // Source: S3 User Guide, "Amazon S3 data consistency model": "Bucket configurations have an eventual consistency model."
  fact(
    'what was put is read after a while',
    async (account, aws) => {
      const { put, get, putCors, getCors, text } = await bucket(account, aws);
      await put(text);
      await putCors(rules);
      await expect(get()).rejects.toMatchObject(noPolicy);
      await expect(getCors()).rejects.toMatchObject(noCors);
    },
    'is never behind',
  );

  // Source: S3 API reference, GetBucketAbac.
  fact(
    'a bucket tells whether its tags count',
    async (account, aws) => {
      const s3 = aws.clients(S3Client, account.scope());
      const Bucket = await createBucket(account);
      const status = async () => (await s3.send(new GetBucketAbacCommand({ Bucket }))).AbacStatus;
      expect(await status()).toEqual({ Status: 'Disabled' });
      await account.arrange({
        sandbox: ({ region }) => region.buckets.add({ name: Bucket, abac: true }),
        moto: async () => {},
      });
      expect(await status()).toEqual({ Status: 'Enabled' });
    },
    'does not know',
  );

  // Source: S3 API reference, "Error responses".
  fact(
    'a bucket is asked about in its own region, and by its own account',
    async (account, aws) => {
      const { Bucket } = await bucket(account, aws);
      const abroad = aws.clients(S3Client, account.scope('us-east-1'));
      await expect(abroad.send(new GetBucketCorsCommand({ Bucket }))).rejects.toMatchObject({
        name: 'PermanentRedirect',
        $metadata: { httpStatusCode: 301 },
      });
      const other = await aws.account();
      const ofOther = aws.clients(S3Client, other.scope());
      await expect(ofOther.send(new GetBucketCorsCommand({ Bucket }))).rejects.toMatchObject({
        name: 'AccessDenied',
        $metadata: { httpStatusCode: 403 },
      });
      const mine = aws.clients(S3Client, account.scope());
      const input = { Bucket, ExpectedBucketOwner: other.id };
      await expect(mine.send(new GetBucketCorsCommand(input))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
    },
    'lets everybody in from anywhere',
  );
}

async function bucket(account: AccountUnderTest, aws: AwsUnderTest) {
  const Bucket = await createBucket(account);
  const s3 = aws.clients(S3Client, account.scope());
  return {
    s3,
    Bucket,
    text: denial('1', 's3:GetObject', `arn:aws:s3:::${Bucket}/*`),
    put: (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy })),
    get: async () => (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy,
    remove: () => s3.send(new DeleteBucketPolicyCommand({ Bucket })),
    putCors: (CORSRules: CORSRule[]) =>
      s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } })),
    getCors: async () => (await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules,
  };
}
