import * as z from 'zod';
import type { Kind } from '#core/kinds/kind.ts';
import { partitionOf } from '#core/model/aws-names.ts';
import { fitLone, type LoneKind, loneKind } from '../shared/lone-group.ts';
import { roleGuards } from './guards/index.ts';
import type { RoleTypes } from './model.ts';

const arnOf: LoneKind['arnOf'] = ({ partition, account }, name) =>
  `arn:${partition}:iam::${account}:role/${name}`;

export const loneRole: LoneKind = {
  kind: 'iam-role',
  groupKind: 'role',
  what: 'role',
  resource: 'role',
  arnOf,
  // What IAM takes a role for that is gone, and with it its path.
  otherArns: ({ account, region, name }) => ({
    roleByName: arnOf({ partition: partitionOf(region), region, account }, name),
  }),
};

/** IAM roles, each a group of one, in the first of its account's regions: IAM itself is in none. */
export const roles = {
  kind: 'iam-role',
  groupKinds: ['role'],
  facts: z.object({}),
  arnPatterns: {
    role: ({ partition, account }) => `arn:${partition}:iam::${account}:role/*`,
    roleByName: ({ partition, account }) => `arn:${partition}:iam::${account}:role/*`,
  },
  readPermissions: [
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'fis:GetSafetyLever' },
    { action: 'iam:GetRole' },
  ],
  guards: roleGuards,
  ...loneKind<RoleTypes>(loneRole),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneRole);
    return { group, inspection: { ...inspection, unusedMs: 0 } };
  },
} as const satisfies Kind<RoleTypes>;

export type Roles = typeof roles;
