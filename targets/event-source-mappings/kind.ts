import * as z from 'zod';
import type { Kind } from '#core/kinds/kind.ts';
import { available } from '#core/util/lookup.ts';
import { fitLone, type LoneKind, loneKind } from '../shared/lone-group.ts';
import { mappingGuards } from './guards/index.ts';
import type { MappingTypes } from './model.ts';

export const loneMapping: LoneKind = {
  kind: 'event-source-mapping',
  groupKind: 'event-source-mapping',
  what: 'event source mapping',
  resource: 'eventSourceMapping',
  arnOf: ({ partition, region, account }, uuid) =>
    `arn:${partition}:lambda:${region}:${account}:event-source-mapping:${uuid}`,
};

/**
 * Event source mappings of Lambda, each a group of one, by UUID. A kind of their own, as they have tags of their own: those of their
 * functions say nothing about them to IAM.
 */
export const eventSourceMappings = {
  kind: 'event-source-mapping',
  groupKinds: ['event-source-mapping'],
  facts: z.object({}),
  arnPatterns: {
    eventSourceMapping: ({ partition, account }) =>
      `arn:${partition}:lambda:*:${account}:event-source-mapping:*`,
  },
  readPermissions: [
    { action: 'cloudformation:DescribeStacks' },
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'fis:GetSafetyLever' },
    { action: 'lambda:GetEventSourceMapping', on: 'eventSourceMapping' },
    { action: 'tag:GetResources' },
  ],
  guards: mappingGuards,
  ...loneKind<MappingTypes>(loneMapping),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneMapping);
    return { group, inspection: { ...inspection, state: available('Enabled') } };
  },
} as const satisfies Kind<MappingTypes>;

export type EventSourceMappings = typeof eventSourceMappings;
