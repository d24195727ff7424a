import { GetBucketAbacCommand, S3Client } from '@aws-sdk/client-s3';
import type { Permission } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { ResourceType, TargetOf } from '#core/model/target.ts';
import { codeOf, messageOf } from '#core/util/error-text.ts';
import type { Buckets } from '#targets/buckets/kind.ts';

type Bucket = TargetOf<Buckets>;

/** Where the answer matters, tags do not count. */
export const abacPermission = {
  action: 's3:GetBucketAbac',
  on: 'bucket',
  untagged: true,
  phases: ['prepare'],
} as const satisfies Permission<unknown, ResourceType<Buckets>>;

/**
 * Tags of a bucket count in authorization only where its owner has enabled that: without it, IAM would deny the fault. Source: S3 User
 * Guide, "Enabling ABAC in general purpose buckets".
 */
export async function unfitWithoutAbac(aws: Injector, bucket: Bucket): Promise<string | undefined> {
  const { AbacStatus } = await aws.client(S3Client).send(new GetBucketAbacCommand(ownBucket(bucket)));
  return AbacStatus?.Status === 'Enabled'
    ? undefined
    : 'bucket-abac-off: its tags do not count in authorization (s3api put-bucket-abac)';
}

/** An error of an undo; a denial with what may be behind it: ABAC that was disabled since. */
export function withoutAbac(error: unknown): unknown {
  if (codeOf(error) !== 'AccessDenied') return error;
  const message = `perhaps its owner has disabled ABAC (s3api put-bucket-abac): ${messageOf(error)}`;
  return Object.assign(new Error(message, { cause: error }), { name: 'AccessDenied' });
}

/** A bucket's name says nothing of whose it is. */
export function ownBucket({ id, account }: Bucket) {
  return { Bucket: id, ExpectedBucketOwner: account };
}
