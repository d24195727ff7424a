import { type EC2Client, type Filter, type Instance, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { groupKey, type Tags } from '#core/model/group.ts';
import type { Place } from '../read-clients.ts';
import type { TagReader } from '../tags.ts';
import type { InstanceGroup } from './model.ts';

const pageSize = 1_000;
/** The most values that a call's filters take together, less those of the states. */
const namesPerCall = 190;

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
  place: Place,
  tags: TagReader,
): Promise<readonly InstanceGroup[]> {
  const { optIn, group } = tags.keys;
  const groups = await described(client, { Name: 'tag-key', Values: [group] }, place, tags);
  return groups.filter((one) => one.tags[optIn.key] === optIn.value);
}

/** The standalone groups of these names, opted in or not; one without instances is missing. */
export async function standaloneGroupsNamed(
  client: EC2Client,
  place: Place,
  names: readonly string[],
  tags: TagReader,
): Promise<readonly InstanceGroup[]> {
  const groups: InstanceGroup[] = [];
  for (let start = 0; start < names.length; start += namesPerCall) {
    const Values = names.slice(start, start + namesPerCall).map(literal);
    groups.push(...(await described(client, { Name: `tag:${tags.keys.group}`, Values }, place, tags)));
  }
  return groups;
}

/** EC2 reads wildcards in the values of a filter. Source: User Guide, "List and filter using the CLI and API". */
function literal(value: string): string {
  return value.replaceAll(/[*?\\]/g, (character) => `\\${character}`);
}

async function described(
  client: EC2Client,
  filter: Filter,
  place: Place,
  tags: TagReader,
): Promise<readonly InstanceGroup[]> {
  const pages = paginateDescribeInstances(
    { client, pageSize },
    { Filters: [filter, { Name: 'instance-state-name', Values: presentStates }] },
  );
  const instances: Instance[] = [];
  for await (const { Reservations = [] } of pages) {
    instances.push(...Reservations.flatMap(({ Instances = [] }) => Instances).filter(isStandalone));
  }
  const { group } = tags.keys;
  const byName = Map.groupBy(instances, ({ Tags = [] }) => Tags.find(({ Key }) => Key === group)?.Value);
  return [...byName].flatMap(([name, members]) =>
    name === undefined || name === '' ? [] : [groupOf(name, members, place, tags)],
  );
}

function groupOf(
  name: string,
  instances: readonly Instance[],
  place: Place,
  reader: TagReader,
): InstanceGroup {
  const { key, value } = reader.keys.optIn;
  const tagSets = instances.map(({ Tags }) => reader.pick(Tags));
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
    createdAt: undefined,
    suspendedProcesses: [],
    members: instances.map(({ InstanceId = '', Placement, State }) => {
      const state = State?.Name ?? 'unknown';
      return {
        instanceId: InstanceId,
        zone: Placement?.AvailabilityZone ?? '',
        capacity: 1,
        healthy: state === 'running',
        lifecycle: state,
        protectedFromScaleIn: false,
        state,
      };
    }),
  };
}

function isStandalone({ Tags = [] }: Instance): boolean {
  return !Tags.some(({ Key }) => Key === asgNameTag);
}
