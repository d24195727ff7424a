import type { Service } from '../service.ts';
import { describeAutoScalingGroups } from './describe-groups.ts';
import { autoScalingErrors } from './errors.ts';
import { terminateInstanceInAutoScalingGroup } from './terminate-instance.ts';

export const autoScaling: Service = {
  client: 'AutoScalingClient',
  operations: {
    DescribeAutoScalingGroupsCommand: describeAutoScalingGroups,
    TerminateInstanceInAutoScalingGroupCommand: terminateInstanceInAutoScalingGroup,
  },
  errors: autoScalingErrors,
};
