import type {
  ActivitiesType,
  Activity as ActivityOutput,
  DescribeScalingActivitiesType,
} from '@aws-sdk/client-auto-scaling';
import type { Operation } from '../service.ts';
import type { Activity } from './activities.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { findGroup } from './find-group.ts';
import { readPage } from './pages.ts';

/** Source: API reference, DescribeScalingActivities, MaxRecords. */
const defaultPage = 100;

/** Only of one group: without a name, AWS would list those of the whole account, which nothing should ask for. */
export const describeScalingActivities: Operation<DescribeScalingActivitiesType, ActivitiesType> = {
  action: 'autoscaling:DescribeScalingActivities',
  inputs: ['AutoScalingGroupName', 'MaxRecords', 'NextToken'],
  run: (input, scope) => {
    const group = findGroup(input.AutoScalingGroupName, scope);
    const { page, next } = readPage(group.activitiesAt(scope.now), input, defaultPage);
    return { Activities: page.map((activity) => activityOutput(activity, group)), ...next };
  },
};

export function activityOutput(activity: Activity, { name, arn }: AutoScalingGroup): ActivityOutput {
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: name,
    AutoScalingGroupARN: arn,
    AutoScalingGroupState: 'InService',
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startedAt),
    ...(activity.endedAt !== undefined && { EndTime: new Date(activity.endedAt) }),
    StatusCode: activity.status,
    ...(activity.message !== undefined && { StatusMessage: activity.message }),
    Progress: activity.status === 'InProgress' ? 30 : 100,
    Details: '{}',
  };
}
