import { type EC2Client, type Instance, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { TagKeys } from '#core/config.ts';
import { type Group, groupKey, type Tags } from '#core/group.ts';
import { pickTags } from './tags.ts';

const pageSize = 1_000;

/** EC2 puts it on every instance of an Auto Scaling group. */
const asgNameTag = 'aws:autoscaling:groupName';

/** Instances that are going away for good are no longer part of a group; a stopped one is, and is missing there. */
const presentStates = ['pending', 'running', 'stopping', 'stopped'];

/**
 * The standalone instances of an account and region, grouped by the value of the grouping tag; groups without an opted-in
 * instance are left out. All instances of a group count for its health, opted in or not.
 */
export async function standaloneGroups(
  client: EC2Client,
  place: { readonly account: string; readonly region: string },
  tags: TagKeys,
): Promise<readonly Group[]> {
  const pages = paginateDescribeInstances(
    { client, pageSize },
    {
      Filters: [
        { Name: 'tag-key', Values: [tags.group] },
        { Name: 'instance-state-name', Values: presentStates },
      ],
    },
  );
  const instances: Instance[] = [];
  for await (const { Reservations = [] } of pages) {
    instances.push(...Reservations.flatMap(({ Instances = [] }) => Instances).filter(isStandalone));
  }
  const byName = Map.groupBy(instances, ({ Tags = [] }) => Tags.find(({ Key }) => Key === tags.group)?.Value);
  return [...byName].flatMap(([name, members]) => {
    if (name === undefined || name === '') return [];
    const group = groupOf(name, members, place, tags);
    return group.tags[tags.optIn.key] === tags.optIn.value ? [group] : [];
  });
}

function groupOf(
  name: string,
  instances: readonly Instance[],
  place: { readonly account: string; readonly region: string },
  keys: TagKeys,
): Group {
  const { key, value } = keys.optIn;
  const tagSets = instances.map(({ Tags }) => pickTags(Tags, keys));
  const merged: Tags = Object.assign({}, ...tagSets);
  const optedIn = tagSets.some((tags) => tags[key] === value);
  return {
    key: groupKey({ ...place, kind: 'tag', name }),
    ...place,
    kind: 'tag',
    name,
    arn: undefined,
    tags: optedIn ? { ...merged, [key]: value } : merged,
    conflictingTags: Object.keys(merged).filter((tag) => new Set(tagSets.map((tags) => tags[tag])).size > 1),
    desired: instances.length,
    members: instances.map(({ InstanceId = '', Placement, State }) => ({
      instanceId: InstanceId,
      zone: Placement?.AvailabilityZone ?? '',
      capacity: 1,
      healthy: State?.Name === 'running',
      state: State?.Name ?? 'unknown',
    })),
  };
}

function isStandalone({ Tags = [] }: Instance): boolean {
  return !Tags.some(({ Key }) => Key === asgNameTag);
}
