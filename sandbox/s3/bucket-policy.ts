import type {
  DeleteBucketPolicyRequest,
  GetBucketPolicyOutput,
  GetBucketPolicyRequest,
  PutBucketPolicyRequest,
} from '@aws-sdk/client-s3';
import { InvalidPolicy, readPolicy } from '../policies/policy-document.ts';
import type { Operation } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { s3Error } from './errors.ts';
import { bucketAccess, bucketInputs, findBucket } from './find-bucket.ts';

/** Source: S3 User Guide, "Adding a bucket policy". */
const maxBytes = 20_480;

export const getBucketPolicy: Operation<GetBucketPolicyRequest, GetBucketPolicyOutput> = {
  action: 's3:GetBucketPolicy',
  inputs: bucketInputs,
  requires: (input, scope) => [bucketAccess('s3:GetBucketPolicy', input, scope)],
  run: (input, scope) => {
    const text = findBucket(input, scope).policy.readAt(scope.now);
    if (text === undefined) throw s3Error('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
    return { Policy: text };
  },
};

export const putBucketPolicy: Operation<PutBucketPolicyRequest, object> = {
  action: 's3:PutBucketPolicy',
  // The SDK names the algorithm of the checksum that it always sends.
  inputs: [...bucketInputs, 'Policy', 'ChecksumAlgorithm'],
  requires: (input, scope) => [bucketAccess('s3:PutBucketPolicy', input, scope)],
  run: (input, scope) => {
    const bucket = findBucket(input, scope);
    const { Policy = '' } = input;
    check(Policy, bucket);
    bucket.policy.set(Policy, scope.now);
    return {};
  },
};

export const deleteBucketPolicy: Operation<DeleteBucketPolicyRequest, object> = {
  action: 's3:DeleteBucketPolicy',
  inputs: bucketInputs,
  requires: (input, scope) => [bucketAccess('s3:DeleteBucketPolicy', input, scope)],
  run: (input, scope) => {
    findBucket(input, scope).policy.set(undefined, scope.now);
    return {};
  },
};

function check(text: string, { arn }: Bucket): void {
  // The documentation has the limit, not the name of the error.
  if (Buffer.byteLength(text) > maxBytes) {
    throw s3Error('PolicyTooLarge', 'Policy exceeds the maximum allowed document size.');
  }
  try {
    for (const { actions, resources } of readPolicy(text).statements) {
      if (resources.some((resource) => resource !== arn && !resource.startsWith(`${arn}/`))) {
        throw new InvalidPolicy('Policy has invalid resource');
      }
      const ofObjects = actions.some((action) => /^s3:(?!\w*Bucket)\w*Object/.test(action));
      if (ofObjects && !resources.some((resource) => resource.startsWith(`${arn}/`))) {
        throw new InvalidPolicy('Action does not apply to any resource(s) in statement');
      }
    }
  } catch (error) {
    if (error instanceof InvalidPolicy) throw s3Error('MalformedPolicy', error.message);
    throw error;
  }
}
