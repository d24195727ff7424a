import * as z from 'zod';
import type { Kind } from '#core/ports/kind.ts';
import { available } from '#core/util/lookup.ts';
import { fitLone, type LoneKind, loneKind } from '../shared/lone-group.ts';
import { tableGuards } from './guards/index.ts';
import type { TableTypes } from './model.ts';

export const loneTable: LoneKind = {
  kind: 'dynamodb-table',
  groupKind: 'table',
  what: 'table',
  resource: 'table',
  arnOf: ({ partition, region, account }, name) =>
    `arn:${partition}:dynamodb:${region}:${account}:table/${name}`,
};

/** DynamoDB tables, each a group of one. */
export const tables = {
  kind: 'dynamodb-table',
  groupKinds: ['table'],
  facts: z.object({}),
  arnPatterns: { table: ({ partition, account }) => `arn:${partition}:dynamodb:*:${account}:table/*` },
  readPermissions: [
    { action: 'cloudformation:DescribeStacks' },
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'cloudwatch:GetMetricData' },
    { action: 'dynamodb:DescribeTable' },
    { action: 'fis:GetSafetyLever' },
    { action: 'tag:GetResources' },
  ],
  guards: tableGuards,
  ...loneKind<TableTypes>(loneTable),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneTable);
    return { group, inspection: { ...inspection, status: available('ACTIVE'), capacity: available(1) } };
  },
} as const satisfies Kind<TableTypes>;

export type Tables = typeof tables;
