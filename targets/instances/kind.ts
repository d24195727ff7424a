import * as z from 'zod';
import type { Kind } from '#core/kinds/kind.ts';
import { candidatesOf } from './candidates.ts';
import { fitGroup } from './fit-group.ts';
import { instanceGuards } from './guards/index.ts';
import { withEc2State } from './merge-ec2-state.ts';
import { healthyCapacity, type InstanceTypes } from './model.ts';
import { notOptedIn } from './not-opted-in.ts';
import { questions } from './questions.ts';
import { recoveryOf } from './recovery.ts';

/** EC2 instances: of Auto Scaling groups, and standalone ones that share the value of the grouping tag. */
export const instances = {
  kind: 'ec2-instance',
  groupKinds: ['asg', 'tag'],
  facts: z.object({
    zone: z.string(),
    /** The group's name; a standalone instance has none. */
    autoScalingGroup: z.string().exactOptional(),
    /** `instance-store`; anything else is EBS. */
    rootDevice: z.string().exactOptional(),
    /** `spot`, `scheduled`, `capacity-block`...; an On-Demand Instance has none. */
    purchase: z.string().exactOptional(),
    /** The service that manages it, `eks.amazonaws.com`; an instance that its owner manages has none. */
    managedBy: z.string().exactOptional(),
  }),
  arnPatterns: {
    instance: ({ partition, account }) => `arn:${partition}:ec2:*:${account}:instance/*`,
    autoScalingGroup: ({ partition, account }) =>
      `arn:${partition}:autoscaling:*:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
  },
  readPermissions: [
    { action: 'autoscaling:DescribeAutoScalingGroups' },
    // Also for the launches that an observation reads.
    { action: 'autoscaling:DescribeScalingActivities' },
    ...Object.values(questions).map((action) => ({ action })),
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
  health: (group) => ({
    targets: group.members.length,
    healthy: healthyCapacity(group),
    desired: group.desired,
  }),
  undrawn: (group) => ({ ...group, arn: undefined, members: [] }),
  notOptedIn,
  fit: fitGroup,
  found: ({ target: { instanceState = 'gone', lifecycle = 'no member' } }) =>
    `${instanceState}, ${lifecycle}`,
  recovery: recoveryOf,
} as const satisfies Kind<InstanceTypes>;

export type Instances = typeof instances;
export type InstanceFacts = z.infer<Instances['facts']>;
