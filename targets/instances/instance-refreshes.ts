import { type AutoScalingClient, paginateDescribeInstanceRefreshes } from '@aws-sdk/client-auto-scaling';

const ended: readonly (string | undefined)[] = [
  'Successful',
  'Failed',
  'Cancelled',
  'RollbackSuccessful',
  'RollbackFailed',
];

/** A few are enough: the newest come first, and a group has at most one in progress. */
const pageSize = 5;

/** A group's instance refreshes that have not ended: `4f1c... InProgress`. */
export async function unendedRefreshes(client: AutoScalingClient, group: string): Promise<readonly string[]> {
  const pages = paginateDescribeInstanceRefreshes({ client, pageSize }, { AutoScalingGroupName: group });
  for await (const { InstanceRefreshes: page = [] } of pages) {
    // A page may be empty although there are more.
    if (page.length === 0) continue;
    return page
      .filter(({ Status }) => !ended.includes(Status))
      .map(({ InstanceRefreshId, Status }) => `${InstanceRefreshId} ${Status}`);
  }
  return [];
}
