import type {
  DescribeInstanceRefreshesAnswer,
  DescribeInstanceRefreshesType,
} from '@aws-sdk/client-auto-scaling';
import type { Operation } from '../service.ts';
import { findGroup } from './find-group.ts';
import { readPage } from './pages.ts';

/** Source: API reference, DescribeInstanceRefreshes, MaxRecords. */
const defaultPage = 50;

export const describeInstanceRefreshes: Operation<
  DescribeInstanceRefreshesType,
  DescribeInstanceRefreshesAnswer
> = {
  action: 'autoscaling:DescribeInstanceRefreshes',
  inputs: ['AutoScalingGroupName', 'MaxRecords', 'NextToken'],
  run: (input, scope) => {
    const { name, refreshes } = findGroup(input.AutoScalingGroupName, scope);
    const { page, next } = readPage(refreshes.all, input, defaultPage);
    return {
      InstanceRefreshes: page.map(({ id, status, startedAt, endedAt }) => ({
        InstanceRefreshId: id,
        AutoScalingGroupName: name,
        Status: status,
        StartTime: new Date(startedAt),
        ...(endedAt !== undefined && { EndTime: new Date(endedAt) }),
      })),
      ...next,
    };
  },
};
