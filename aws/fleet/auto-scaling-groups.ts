import {
  type AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import type { TagKeys } from '#core/config.ts';
import { type Group, groupKey, type Member } from '#core/group.ts';
import { pickTags } from './tags.ts';

/** The most that one answer holds. */
const pageSize = 100;

/** The opted-in Auto Scaling groups of an account and region. */
export async function autoScalingGroups(
  client: AutoScalingClient,
  place: { readonly account: string; readonly region: string },
  tags: TagKeys,
): Promise<readonly Group[]> {
  const { key, value } = tags.optIn;
  const pages = paginateDescribeAutoScalingGroups(
    { client, pageSize },
    { Filters: [{ Name: `tag:${key}`, Values: [value] }] },
  );
  const groups: Group[] = [];
  for await (const { AutoScalingGroups = [] } of pages) {
    groups.push(...AutoScalingGroups.flatMap((group) => groupOf(group, place, tags)));
  }
  return groups;
}

function groupOf(
  seen: AutoScalingGroup,
  place: { readonly account: string; readonly region: string },
  tags: TagKeys,
): readonly Group[] {
  const { AutoScalingGroupName: name, AutoScalingGroupARN: arn, DesiredCapacity: desired } = seen;
  if (name === undefined || arn === undefined || desired === undefined) return [];
  // A group that is being deleted still answers, with this status.
  if (seen.Status !== undefined) return [];
  return [
    {
      key: groupKey({ ...place, kind: 'asg', name }),
      ...place,
      kind: 'asg',
      name,
      arn,
      tags: pickTags(seen.Tags, tags),
      conflictingTags: [],
      desired,
      members: (seen.Instances ?? []).map(
        ({
          InstanceId = '',
          AvailabilityZone = '',
          LifecycleState = '',
          HealthStatus = '',
          WeightedCapacity = '1',
        }): Member => ({
          instanceId: InstanceId,
          zone: AvailabilityZone,
          capacity: Number(WeightedCapacity),
          // The API says "Healthy", older documentation "HEALTHY".
          healthy: LifecycleState === 'InService' && HealthStatus.toLowerCase() === 'healthy',
          state: `${LifecycleState}/${HealthStatus}`,
        }),
      ),
    },
  ];
}
