import type {
  ActivitiesType,
  Activity as ActivityOutput,
  DescribeScalingActivitiesType,
} from '@aws-sdk/client-auto-scaling';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import type { Activity } from './activities.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { findGroup } from './find-group.ts';
import { checkedPageSize, invalidToken } from './pages.ts';

/** Source: API reference, DescribeScalingActivities, MaxRecords. */
const defaultPage = 100;

/** Only of one group: without a name, AWS would list those of the whole account, which nothing should ask for. */
export const describeScalingActivities: Operation<DescribeScalingActivitiesType, ActivitiesType> = {
  action: 'autoscaling:DescribeScalingActivities',
  inputs: ['AutoScalingGroupName', 'MaxRecords', 'NextToken'],
  run: ({ AutoScalingGroupName, MaxRecords = defaultPage, NextToken }, scope) => {
    const group = findGroup(AutoScalingGroupName, scope);
    const { page, token } = nextPage(group.activitiesAt(scope.now), {
      size: checkedPageSize(MaxRecords),
      token: NextToken,
      invalidToken: () => invalidToken(NextToken),
    });
    return {
      Activities: page.map((activity) => activityOutput(activity, group)),
      ...(token !== undefined && { NextToken: token }),
    };
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
