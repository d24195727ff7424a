import type {
  DescribeInstanceRefreshesAnswer,
  DescribeInstanceRefreshesType,
} from '@aws-sdk/client-auto-scaling';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { findGroup } from './find-group.ts';
import { checkedPageSize, invalidToken } from './pages.ts';

/** Source: API reference, DescribeInstanceRefreshes, MaxRecords. */
const defaultPage = 50;

export const describeInstanceRefreshes: Operation<
  DescribeInstanceRefreshesType,
  DescribeInstanceRefreshesAnswer
> = {
  action: 'autoscaling:DescribeInstanceRefreshes',
  inputs: ['AutoScalingGroupName', 'MaxRecords', 'NextToken'],
  run: ({ AutoScalingGroupName, MaxRecords = defaultPage, NextToken }, scope) => {
    const { name, refreshes } = findGroup(AutoScalingGroupName, scope);
    const { page, token } = nextPage(refreshes.all, {
      size: checkedPageSize(MaxRecords),
      token: NextToken,
      invalidToken: () => invalidToken(NextToken),
    });
    return {
      InstanceRefreshes: page.map(({ id, status, startedAt, endedAt }) => ({
        InstanceRefreshId: id,
        AutoScalingGroupName: name,
        Status: status,
        StartTime: new Date(startedAt),
        ...(endedAt !== undefined && { EndTime: new Date(endedAt) }),
      })),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};
