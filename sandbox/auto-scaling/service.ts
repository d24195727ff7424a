import type { Service } from '../service.ts';
import { describeScalingActivities } from './describe-activities.ts';
import { describeAutoScalingGroups } from './describe-groups.ts';
import { describeInstanceRefreshes } from './describe-refreshes.ts';
import { autoScalingErrors } from './errors.ts';
import { terminateInstanceInAutoScalingGroup } from './terminate-instance.ts';

export const autoScaling: Service = {
  client: 'AutoScalingClient',
  operations: [
    describeAutoScalingGroups,
    describeInstanceRefreshes,
    describeScalingActivities,
    terminateInstanceInAutoScalingGroup,
  ],
  errors: autoScalingErrors,
};
