import * as z from 'zod';
import type { Kind } from '#core/kinds/kind.ts';
import { healthyCapacity } from '#core/model/group.ts';
import { candidatesOf } from './candidates.ts';
import { fitGroup } from './fit-group.ts';
import { instanceGuards } from './guards/index.ts';
import { withEc2State } from './merge-ec2-state.ts';
import { notOptedIn } from './not-opted-in.ts';
import { recoveryOf } from './recovery.ts';

/** EC2 instances: of Auto Scaling groups, and standalone ones that share the value of the grouping tag. */
export const instances = {
  kind: 'ec2-instance',
  groupKinds: ['asg', 'tag'],
  facts: z.object({
    zone: z.string(),
    /** The group's name; a standalone instance has none. */
    autoScalingGroup: z.string().exactOptional(),
  }),
  arnPatterns: {
    instance: ({ partition, account }) => `arn:${partition}:ec2:*:${account}:instance/*`,
    autoScalingGroup: ({ partition, account }) =>
      `arn:${partition}:autoscaling:*:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
  },
  readPermissions: [
    { action: 'autoscaling:DescribeAutoScalingGroups' },
    { action: 'autoscaling:DescribeInstanceRefreshes' },
    { action: 'autoscaling:DescribeScalingActivities' },
    { action: 'cloudwatch:DescribeAlarms' },
    // The same call can read an instance's user data, which may hold secrets. No condition key tells the attributes apart.
    // Source: Service Authorization Reference.
    { action: 'ec2:DescribeInstanceAttribute', on: 'instance' },
    { action: 'ec2:DescribeInstances' },
    { action: 'fis:GetSafetyLever' },
  ],
  guards: instanceGuards,
  inspected: (group, { instances }) => withEc2State(group, instances),
  candidates: candidatesOf,
  unfit: ({ target, evidence: { instance } }, fault, parameters) =>
    target && instance && fault.unfit?.(target, instance, parameters),
  health: (group) => ({
    targets: group.members.length,
    healthy: healthyCapacity(group),
    desired: group.desired,
  }),
  undrawn: (group) => ({ ...group, arn: undefined, members: [] }),
  notOptedIn,
  fit: fitGroup,
  found: ({ instanceState = 'gone', lifecycle = 'no member' }) => `${instanceState}, ${lifecycle}`,
  recovery: recoveryOf,
} as const satisfies Kind;

export type Instances = typeof instances;
