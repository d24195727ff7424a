import type { Service } from '../service.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from './bucket-cors.ts';
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy } from './bucket-policy.ts';
import { getBucketAbac, getBucketTagging } from './bucket-tags.ts';
import { s3Errors } from './errors.ts';

export const s3: Service = {
  client: 'S3Client',
  operations: [
    getBucketPolicy,
    putBucketPolicy,
    deleteBucketPolicy,
    getBucketCors,
    putBucketCors,
    deleteBucketCors,
    getBucketTagging,
    getBucketAbac,
  ],
  errors: s3Errors,
};
