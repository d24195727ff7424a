import type {
  GetBucketAbacOutput,
  GetBucketAbacRequest,
  GetBucketTaggingOutput,
  GetBucketTaggingRequest,
} from '@aws-sdk/client-s3';
import type { Operation } from '../service.ts';
import { tagList } from '../tags.ts';
import { s3Error } from './errors.ts';
import { bucketAccess, bucketInputs, findBucket } from './find-bucket.ts';

export const getBucketTagging: Operation<GetBucketTaggingRequest, GetBucketTaggingOutput> = {
  action: 's3:GetBucketTagging',
  inputs: bucketInputs,
  requires: (input, scope) => [bucketAccess('s3:GetBucketTagging', input, scope)],
  run: (input, scope) => {
    const TagSet = tagList(findBucket(input, scope).tags);
    if (TagSet.length === 0) throw s3Error('NoSuchTagSet', 'The TagSet does not exist', 404);
    return { TagSet };
  },
};

export const getBucketAbac: Operation<GetBucketAbacRequest, GetBucketAbacOutput> = {
  action: 's3:GetBucketAbac',
  inputs: bucketInputs,
  requires: (input, scope) => [bucketAccess('s3:GetBucketAbac', input, scope)],
  run: (input, scope) => ({
    AbacStatus: { Status: findBucket(input, scope).abac ? 'Enabled' : 'Disabled' },
  }),
};
