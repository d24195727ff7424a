import {
  type AutoScalingClient,
  type AutoScalingGroup,
  type Filter,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { groupKey } from '#core/model/group.ts';
import type { Place } from '../read-clients.ts';
import type { TagReader } from '../tags.ts';
import type { InstanceGroup, Member } from './model.ts';

/** The limit for groups per answer, and for names per call. */
const pageSize = 100;

/** The opted-in Auto Scaling groups of an account and region. */
export async function autoScalingGroups(
  client: AutoScalingClient,
  place: Place,
  tags: TagReader,
): Promise<readonly InstanceGroup[]> {
  const { key, value } = tags.keys.optIn;
  return described(client, { Filters: [{ Name: `tag:${key}`, Values: [value] }] }, place, tags);
}

/** The Auto Scaling groups with these names, opted in or not. One that is deleted or being deleted is missing. */
export async function autoScalingGroupsNamed(
  client: AutoScalingClient,
  place: Place,
  names: readonly string[],
  tags: TagReader,
): Promise<readonly InstanceGroup[]> {
  const groups: InstanceGroup[] = [];
  for (let start = 0; start < names.length; start += pageSize) {
    const AutoScalingGroupNames = names.slice(start, start + pageSize);
    groups.push(...(await described(client, { AutoScalingGroupNames }, place, tags)));
  }
  return groups;
}

async function described(
  client: AutoScalingClient,
  which: { readonly Filters: Filter[] } | { readonly AutoScalingGroupNames: string[] },
  place: Place,
  tags: TagReader,
): Promise<readonly InstanceGroup[]> {
  const groups: InstanceGroup[] = [];
  for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups(
    { client, pageSize },
    which,
  )) {
    groups.push(...AutoScalingGroups.flatMap((group) => groupOf(group, place, tags)));
  }
  return groups;
}

function groupOf(seen: AutoScalingGroup, place: Place, tags: TagReader): readonly InstanceGroup[] {
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
      tags: tags.pick(seen.Tags),
      conflictingTags: [],
      desired,
      createdAt: seen.CreatedTime?.getTime(),
      suspendedProcesses: (seen.SuspendedProcesses ?? []).map(({ ProcessName = '' }) => ProcessName),
      members: (seen.Instances ?? []).map(
        ({
          InstanceId = '',
          AvailabilityZone = '',
          LifecycleState = '',
          HealthStatus = '',
          WeightedCapacity = '1',
          ProtectedFromScaleIn = false,
        }): Member => ({
          instanceId: InstanceId,
          zone: AvailabilityZone,
          capacity: Number(WeightedCapacity),
          // The API says "Healthy", older documentation "HEALTHY".
          healthy: LifecycleState === 'InService' && HealthStatus.toLowerCase() === 'healthy',
          lifecycle: LifecycleState,
          protectedFromScaleIn: ProtectedFromScaleIn,
          state: `${LifecycleState}/${HealthStatus}`,
        }),
      ),
    },
  ];
}
