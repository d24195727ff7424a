import { CreateBucketCommand, PutBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { pairs } from './arrange-instances.ts';
import { type AccountUnderTest, home } from './aws-under-test.ts';

/** Creates a bucket in the account, and returns its name, which nobody else has. */
export async function createBucket(
  account: AccountUnderTest,
  tags: Record<string, string> = {},
): Promise<string> {
  const name = `orders-${account.id}`;
  await account.arrange({
    sandbox: ({ region }) => {
      region.buckets.add({ name, tags });
    },
    moto: async (client) => {
      const s3 = client(S3Client);
      await s3.send(
        new CreateBucketCommand({
          Bucket: name,
          CreateBucketConfiguration: { LocationConstraint: home },
        }),
      );
      if (Object.keys(tags).length === 0) return;
      await s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: pairs(tags) } }));
    },
  });
  return name;
}
