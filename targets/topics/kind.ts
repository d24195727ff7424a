import * as z from 'zod';
import type { Kind } from '#core/ports/kind.ts';
import { available } from '#core/util/lookup.ts';
import { fitLone, type LoneKind, loneKind } from '../shared/lone-group.ts';
import { topicGuards } from './guards/index.ts';
import type { TopicTypes } from './model.ts';

export const loneTopic: LoneKind = {
  kind: 'sns-topic',
  groupKind: 'topic',
  what: 'topic',
  resource: 'topic',
  arnOf: ({ partition, region, account }, name) => `arn:${partition}:sns:${region}:${account}:${name}`,
};

/** SNS topics, each a group of one. */
export const topics = {
  kind: 'sns-topic',
  groupKinds: ['topic'],
  facts: z.object({}),
  arnPatterns: { topic: ({ partition, account }) => `arn:${partition}:sns:*:${account}:*` },
  readPermissions: [
    { action: 'cloudformation:DescribeStacks' },
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'cloudwatch:GetMetricData' },
    { action: 'fis:GetSafetyLever' },
    { action: 'tag:GetResources' },
  ],
  guards: topicGuards,
  ...loneKind<TopicTypes>(loneTopic),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneTopic);
    return { group, inspection: { ...inspection, messages: available(1) } };
  },
} as const satisfies Kind<TopicTypes>;

export type Topics = typeof topics;
