import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { codeOf } from '#core/util/error-text.ts';
import type { Buckets } from '#targets/buckets/kind.ts';
import { statementByHand } from '../shared/by-hand.ts';
import { policyFault } from '../shared/policy-fault.ts';
import { abacPermission, ownBucket, unfitWithoutAbac } from './shared/abac.ts';

/** Of objects alone: whom a bucket's policy keeps from the policy, only the account's root user lets back in. */
const actions = [
  's3:GetObject',
  's3:GetObjectVersion',
  's3:PutObject',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:AbortMultipartUpload',
] as const;

export const s3Deny = policyFault<Buckets, (typeof actions)[number]>({
  name: 's3-deny',
  summary: 'Denies reads and writes of the objects of a bucket, by the policy of the bucket.',
  kind: 's3-bucket',
  actions,
  // Source: S3 User Guide, "Bucket policies for Amazon S3", size limits.
  quota: { bytes: 20_480 },
  propagationMs: 30_000,
  leaves: 'uploads that their callers have given up',
  permissions: [
    abacPermission,
    { action: 's3:GetBucketPolicy', on: 'bucket', phases: ['prepare', 'inject', 'undo'] },
    { action: 's3:PutBucketPolicy', on: 'bucket', phases: ['inject', 'undo'] },
    { action: 's3:DeleteBucketPolicy', on: 'bucket', phases: ['undo'] },
  ],
  resource: 'bucket',
  resourcesOf: (arn) => [`${arn}/*`],
  unfit: unfitWithoutAbac,

  calls: {
    read: async (aws, target) => {
      try {
        const command = new GetBucketPolicyCommand(ownBucket(target));
        const { Policy } = await aws.client(S3Client).send(command);
        return { text: Policy, revision: undefined };
      } catch (error) {
        if (codeOf(error) !== 'NoSuchBucketPolicy') throw error;
        return { text: undefined, revision: undefined };
      }
    },
    write: async (aws, target, Policy) => {
      await aws.client(S3Client).send(new PutBucketPolicyCommand({ ...ownBucket(target), Policy }));
    },
    remove: async (aws, target) => {
      await aws.client(S3Client).send(new DeleteBucketPolicyCommand(ownBucket(target)));
    },
    gone: ['NoSuchBucket'],
    busy: ['OperationAborted'],
  },

  byHand: (sid, { id, region }, { wasAbsent }) => {
    const on = `--bucket ${id} --region ${region}`;
    return statementByHand(sid, wasAbsent, {
      get: `aws s3api get-bucket-policy ${on} --query Policy --output text`,
      put: `aws s3api put-bucket-policy ${on} --policy`,
      remove: `aws s3api delete-bucket-policy ${on}`,
    });
  },
});
