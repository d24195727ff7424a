import { type EC2Client, type Filter, type Instance, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { groupKey, type Tags } from '#core/model/group.ts';
import type { Place } from '../read-clients.ts';
import type { TagReader } from '../tags.ts';
import type { InstanceGroup } from './model.ts';

const pageSize = 1_000;
/** The limit for values in all filters of a call, minus those for states. */
const namesPerCall = 190;

/** Auto Scaling puts it on every instance of a group. */
const asgNameTag = 'aws:autoscaling:groupName';

/** Terminating instances no longer belong to a group. A stopped one still does, and counts as missing capacity. */
const presentStates = ['pending', 'running', 'stopping', 'stopped'];

/**
 * The standalone instances of an account and region, grouped by the value of the grouping tag. Groups without an opted-in instance
 * are left out. All instances of a group count toward its health, opted in or not.
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

/** The standalone groups with these names, opted in or not. One without instances is missing. */
export async function standaloneGroupsNamed(
  client: EC2Client,
  place: Place,
  names: readonly string[],
  tags: TagReader,
): Promise<readonly InstanceGroup[]> {
  const groups: InstanceGroup[] = [];
  for (let start = 0; start < names.length; start += namesPerCall) {
    const Values = names.slice(start, start + namesPerCall).map(escapeWildcards);
    groups.push(...(await described(client, { Name: `tag:${tags.keys.group}`, Values }, place, tags)));
  }
  return groups;
}

/** Escapes the wildcards of filter values. Source: EC2 User Guide, "List and filter using the CLI and API". */
function escapeWildcards(value: string): string {
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
