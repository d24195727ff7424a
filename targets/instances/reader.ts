import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { KindReader } from '../kind-reader.ts';
import { autoScalingGroups, autoScalingGroupsNamed } from './auto-scaling-groups.ts';
import { inspectGroups } from './inspect.ts';
import { instances } from './kind.ts';
import type { InstanceTypes } from './model.ts';
import { observeStrikes } from './observe.ts';
import { protectionsOfInstance } from './protections.ts';
import { standaloneGroups, standaloneGroupsNamed } from './standalone-groups.ts';

/** Reads instances and their groups through EC2 and Auto Scaling. */
export const instancesReader: KindReader<InstanceTypes> = {
  of: instances,
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
};
