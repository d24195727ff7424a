import * as z from 'zod';
import type { Kind } from '#core/ports/kind.ts';
import { available } from '#core/util/lookup.ts';
import { fitLone, type LoneKind, loneKind } from '../shared/lone-group.ts';
import { queueGuards } from './guards/index.ts';
import type { QueueTypes } from './model.ts';

export const loneQueue: LoneKind = {
  kind: 'sqs-queue',
  groupKind: 'queue',
  what: 'queue',
  resource: 'queue',
  arnOf: ({ partition, region, account }, name) => `arn:${partition}:sqs:${region}:${account}:${name}`,
};

/** SQS queues, each a group of one. */
export const queues = {
  kind: 'sqs-queue',
  groupKinds: ['queue'],
  facts: z.object({}),
  arnPatterns: { queue: ({ partition, account }) => `arn:${partition}:sqs:*:${account}:*` },
  readPermissions: [
    { action: 'cloudformation:DescribeStacks' },
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'cloudwatch:GetMetricData' },
    { action: 'fis:GetSafetyLever' },
    { action: 'sqs:GetQueueUrl' },
    { action: 'sqs:ListDeadLetterSourceQueues' },
    { action: 'tag:GetResources' },
  ],
  guards: queueGuards,
  ...loneKind<QueueTypes>(loneQueue),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneQueue);
    return { group, inspection: { ...inspection, deadLettersOf: available([]), messages: available(1) } };
  },
} as const satisfies Kind<QueueTypes>;

export type Queues = typeof queues;
