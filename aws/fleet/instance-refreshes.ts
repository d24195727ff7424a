import { type AutoScalingClient, DescribeInstanceRefreshesCommand } from '@aws-sdk/client-auto-scaling';

const ended: readonly (string | undefined)[] = [
  'Successful',
  'Failed',
  'Cancelled',
  'RollbackSuccessful',
  'RollbackFailed',
];

/** The newest come first, and a group has one under way at most: more than a few need not be asked for. */
const MaxRecords = 5;

/** A group's instance refreshes that have not ended: `4f1c... InProgress`. */
export async function unendedRefreshes(client: AutoScalingClient, group: string): Promise<readonly string[]> {
  const { InstanceRefreshes = [] } = await client.send(
    new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: group, MaxRecords }),
  );
  return InstanceRefreshes.filter(({ Status }) => !ended.includes(Status)).map(
    ({ InstanceRefreshId, Status }) => `${InstanceRefreshId} ${Status}`,
  );
}
