import * as z from 'zod';
import type { Kind } from '#core/kinds/kind.ts';
import { fitGroup } from './fit-group.ts';
import { instanceGuards } from './guards/index.ts';
import { judgeRecovery } from './judge-recovery.ts';
import { listCandidates } from './list-candidates.ts';
import { withEc2State } from './merge-ec2-state.ts';
import { healthyCapacity, type InstanceTypes } from './model.ts';
import { notOptedIn } from './not-opted-in.ts';
import { questions } from './questions.ts';

/** EC2 instances: in Auto Scaling groups, or standalone and grouped by the value of the grouping tag. */
export const instances = {
  kind: 'ec2-instance',
  groupKinds: ['asg', 'tag'],
  facts: z.object({
    zone: z.string(),
    /** The group's name; absent for a standalone instance. */
    autoScalingGroup: z.string().exactOptional(),
    /** `instance-store`; absent for EBS. */
    rootDevice: z.string().exactOptional(),
    /** `spot`, `scheduled`, `capacity-block`...; absent for On-Demand Instances. */
    purchase: z.string().exactOptional(),
    /** The service that manages it, `eks.amazonaws.com`; absent if its owner does. */
    managedBy: z.string().exactOptional(),
  }),
  arnPatterns: {
    instance: ({ partition, account }) => `arn:${partition}:ec2:*:${account}:instance/*`,
    autoScalingGroup: ({ partition, account }) =>
      `arn:${partition}:autoscaling:*:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
  },
  readPermissions: [
    { action: 'autoscaling:DescribeAutoScalingGroups' },
    // Observations read launches with it, too.
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
  candidates: listCandidates,
  health: (group) => ({
    targets: group.members.length,
    healthy: healthyCapacity(group),
    desired: group.desired,
  }),
  undrawn: (group) => ({ ...group, arn: undefined, members: [] }),
  notOptedIn,
  fit: fitGroup,
  found: ({ target: { instanceState = 'gone', lifecycle = 'not a member' } }) =>
    `${instanceState}, ${lifecycle}`,
  recovery: judgeRecovery,
} as const satisfies Kind<InstanceTypes>;

export type Instances = typeof instances;
export type InstanceFacts = z.infer<Instances['facts']>;
