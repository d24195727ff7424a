import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { TargetKindModule } from '../target-kind-module.ts';
import { autoScalingGroups, autoScalingGroupsNamed } from './auto-scaling-groups.ts';
import { inspectGroups } from './inspect.ts';
import { observeStrikes } from './observe.ts';
import { protectionsOfInstance } from './protections.ts';
import { standaloneGroups, standaloneGroupsNamed } from './standalone-groups.ts';

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
  discover: (look, place, tags) => [
    autoScalingGroups(look(AutoScalingClient), place, tags),
    standaloneGroups(look(EC2Client), place, tags),
  ],
  find: async (name, look, place, tags) => {
    const groups = await Promise.all([
      autoScalingGroupsNamed(look(AutoScalingClient), place, [name], tags),
      standaloneGroupsNamed(look(EC2Client), place, [name], tags),
    ]);
    return groups.flat();
  },
  inspect: inspectGroups,
  protectionsOf: ({ id }, look) => protectionsOfInstance(look(EC2Client), id),
  observe: observeStrikes,
} as const satisfies TargetKindModule;

export type Instances = typeof instances;
