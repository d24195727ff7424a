import type { ActivityType, TerminateInstanceInAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import type { Access, Operation, Scope } from '../service.ts';
import { activityOutput } from './describe-activities.ts';
import { validationError } from './errors.ts';

const action = 'autoscaling:TerminateInstanceInAutoScalingGroup';

export const terminateInstanceInAutoScalingGroup: Operation<
  TerminateInstanceInAutoScalingGroupType,
  ActivityType
> = {
  action,
  inputs: ['InstanceId', 'ShouldDecrementDesiredCapacity'],
  requires: ({ InstanceId }, scope) => [groupAccess(InstanceId, scope)],
  run: ({ InstanceId, ShouldDecrementDesiredCapacity }, scope) => {
    if (ShouldDecrementDesiredCapacity === undefined) {
      throw validationError(
        "1 validation error detected: Value null at 'shouldDecrementDesiredCapacity' failed to satisfy constraint: Member must not be null",
      );
    }
    const { group, member } = find(InstanceId, scope);
    if (group === undefined || member === undefined) {
      throw validationError(
        `Instance Id not found - No managed instance found for instance ID: ${InstanceId}`,
      );
    }
    if (ShouldDecrementDesiredCapacity && group.desired <= group.min) {
      throw validationError(
        `Currently, desiredSize equals minSize (${group.min}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
      );
    }
    const activity = group.terminateMember(member, scope.now, ShouldDecrementDesiredCapacity);
    return { Activity: activityOutput(activity, group) };
  },
};

/** The permission is required on the group, although the call names only the instance. */
function groupAccess(instanceId: string | undefined, scope: Scope): Access {
  const { group } = find(instanceId, scope);
  return group === undefined
    ? { action, resource: '*' }
    : { action, resource: group.arn, resourceTags: group.tags };
}

function find(instanceId: string | undefined, { region, now }: Scope) {
  const groups = region.groupsAt(now);
  const group = groups.get(region.instanceAt(now, instanceId ?? '')?.autoScalingGroup ?? '');
  return { group, member: group?.members.find(({ instance }) => instance.id === instanceId) };
}
