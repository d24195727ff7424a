import { resourceAccess } from '../policies/resource-access.ts';
import type { Access, Scope } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { noSuchBucket, s3Error, s3Errors } from './errors.ts';

/** What all requests about a bucket have. */
export interface BucketRequest {
  Bucket: string | undefined;
  ExpectedBucketOwner?: string | undefined;
}

export const bucketInputs = ['Bucket', 'ExpectedBucketOwner'] as const;

/** Throws unless it is the caller's own, and in the region that is asked. */
export function findBucket({ Bucket: name = '', ExpectedBucketOwner }: BucketRequest, scope: Scope): Bucket {
  const { region } = scope;
  const bucket = region.buckets.anywhere(name);
  if (bucket === undefined) throw noSuchBucket();
  if (bucket.region !== region.name) {
    throw s3Error(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
    );
  }
  if (bucket.account !== region.account || bucket.account !== (ExpectedBucketOwner ?? bucket.account)) {
    throw s3Errors.denied('Access Denied');
  }
  return bucket;
}

/** "Only with ABAC enabled do tags of the bucket count": S3 User Guide, "Using tags with S3 general purpose buckets". */
export function bucketAccess(action: string, { Bucket: name = '' }: BucketRequest, scope: Scope): Access {
  const { buckets } = scope.region;
  const bucket = buckets.anywhere(name);
  const access = resourceAccess(action, buckets.arnOf(name), bucket, scope);
  return bucket?.abac === true ? access : { ...access, resourceTags: {} };
}
