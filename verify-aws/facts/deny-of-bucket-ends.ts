import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { s3Deny } from '#faults/buckets/s3-deny.ts';
import type { Fact } from '../fact.ts';
import { denyEnds } from '../shared/deny-ends.ts';

export const denyOfBucketEnds: Fact = {
  name: 'deny-of-bucket-ends',
  claim: 'A Deny with DateLessThan in the policy of a bucket denies until that moment, and no longer.',
  faults: ['s3-deny'],
  check: denyEnds({
    fault: s3Deny,
    make: (make) => make.bucket(),
    creates: ['a bucket, left empty'],
    cents: 0.1,
    parameters: { actions: ['s3:DeleteObject'], minutes: 5 },
    attempt: (bench, { id }) =>
      bench.client(S3Client).send(new DeleteObjectCommand({ Bucket: id, Key: 'none' })),
  }),
};
