import * as z from 'zod';
import type { Kind } from '#core/ports/kind.ts';
import { fitLone, type LoneKind, type LoneTypes, loneKind } from '../shared/lone-group.ts';
import { bucketGuards } from './guards/index.ts';

export const loneBucket: LoneKind = {
  kind: 's3-bucket',
  groupKind: 'bucket',
  what: 'bucket',
  resource: 'bucket',
  arnOf: ({ partition }, name) => `arn:${partition}:s3:::${name}`,
};

/** General purpose buckets of S3, each a group of one. */
export const buckets = {
  kind: 's3-bucket',
  groupKinds: ['bucket'],
  facts: z.object({}),
  // Whose a bucket is, its ARN does not say: every call of a fault does.
  arnPatterns: { bucket: ({ partition }) => `arn:${partition}:s3:::*` },
  readPermissions: [
    { action: 'cloudformation:DescribeStacks' },
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'fis:GetSafetyLever' },
    { action: 'tag:GetResources' },
  ],
  guards: bucketGuards,
  ...loneKind<LoneTypes>(loneBucket),
  fit: (which, tags) => fitLone(which, tags, loneBucket),
} as const satisfies Kind<LoneTypes>;

export type Buckets = typeof buckets;
