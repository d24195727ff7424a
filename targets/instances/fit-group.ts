import type { Kind } from '#core/kinds/kind.ts';
import { partitionOf } from '#core/model/aws-names.ts';
import { groupKey } from '#core/model/group.ts';
import { available } from '#core/util/lookup.ts';
import type { InstanceGroup, InstanceTypes } from './model.ts';
import { nothingToTell } from './questions.ts';

/** Older than any minimum age. */
const longAgo = Date.parse('2000-01-01T00:00:00Z');

/** Two healthy instances in one zone. */
export const fitGroup: Kind<InstanceTypes>['fit'] = ({ account, region, number }, tags) => {
  const named = { account, region, kind: 'asg', name: `simulated-${number}` } as const;
  const partition = partitionOf(region);
  const ids = ['a', 'b'].map((letter) => `i-${number}${letter}`);
  const group: InstanceGroup = {
    ...named,
    key: groupKey(named),
    arn: `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:${number}:autoScalingGroupName/${named.name}`,
    tags,
    conflictingTags: [],
    desired: ids.length,
    createdAt: longAgo,
    suspendedProcesses: [],
    members: ids.map((instanceId) => ({
      instanceId,
      zone: `${region}a`,
      capacity: 1,
      healthy: true,
      lifecycle: 'InService',
      protectedFromScaleIn: false,
      state: 'InService/Healthy',
    })),
  };
  const instances = ids.map((instanceId) => ({
    instanceId,
    arn: `arn:${partition}:ec2:${region}:${account}:instance/${instanceId}`,
    state: 'running',
    launchedAt: longAgo,
    tags,
    rootDevice: 'ebs',
    purchase: undefined,
    managedBy: undefined,
  }));
  return {
    group,
    inspection: { group, instances, ...nothingToTell, alarms: available([]), safetyLever: undefined },
  };
};
