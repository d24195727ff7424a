import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  GetResourcesCommand,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
  type TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api';
import pMap from 'p-map';
import { strikeKey } from '#core/model/strike.ts';
import type { Kind } from '#core/ports/kind.ts';
import { available, type Lookup, lookUp } from '#core/util/lookup.ts';
import type { KindReader } from '../kind-reader.ts';
import type { Place, ReadClients } from '../read-clients.ts';
import { readSignals } from '../signals.ts';
import type { TagReader } from '../tags.ts';
import {
  type LoneGroup,
  type LoneInspection,
  type LoneKind,
  type LoneTypes,
  loneGroup,
} from './lone-group.ts';

/** The tag by which CloudFormation marks what it has created. Source: CloudFormation User Guide, "Resource tag". */
const stackTag = 'aws:cloudformation:stack-name';

const callsAtOnce = 8;

/** Reads resources that stand alone by the Resource Groups Tagging API: a call for each page, tags included. */
export function taggedReader<Of extends LoneTypes>(parts: {
  readonly of: Kind<Of>;
  readonly lone: LoneKind;
  /** As the Tagging API names it: `lambda:function`. */
  readonly resourceType: string;
  /** What the kind's own guards need beside what is read about every kind. */
  readonly inspect: (
    group: LoneGroup,
    look: ReadClients,
    now: number,
  ) => Promise<Omit<Of['inspection'], keyof LoneInspection>>;
}): KindReader<Of> & {
  optedIn(look: ReadClients, place: Place, tags: TagReader): Promise<readonly LoneGroup[]>;
} {
  const { of, lone, resourceType } = parts;

  const listed = async (
    look: ReadClients,
    place: Place,
    tags: TagReader,
    TagFilters: TagFilter[],
  ): Promise<readonly LoneGroup[]> => {
    const groups: LoneGroup[] = [];
    const pages = paginateGetResources(
      { client: look(ResourceGroupsTaggingAPIClient), pageSize: 100 },
      { ResourceTypeFilters: [resourceType], TagFilters },
    );
    for await (const { ResourceTagMappingList = [] } of pages) {
      groups.push(...ResourceTagMappingList.flatMap((one) => groupIn(one, place, tags, lone)));
    }
    return groups;
  };
  const hasKey = ({ keys }: TagReader): TagFilter[] => [{ Key: keys.optIn.key }];
  const optedIn = (look: ReadClients, place: Place, tags: TagReader) => {
    const { key, value } = tags.keys.optIn;
    return listed(look, place, tags, [{ Key: key, Values: [value] }]);
  };
  const byKey = async (look: ReadClients, place: Place, tags: TagReader) =>
    new Map((await listed(look, place, tags, hasKey(tags))).map((group) => [group.key, group]));

  return {
    of,
    optedIn,
    discover: (look, place, tags) => [optedIn(look, place, tags)],
    find: async (name, look, place, tags) =>
      (await listed(look, place, tags, [])).filter((group) => group.name === name),
    inspect: async (groups, place, look, config, tags, now) => {
      const listing = await byKey(look, place, tags);
      const signalsOf = await readSignals([...listing.values()], look, config);
      const stackStatus = stackReader(look);
      const inspected = async (group: LoneGroup | undefined) => {
        const signals = { group, ...signalsOf(group) };
        if (group === undefined) return { ...signals, stackStatus: available(undefined) };
        const [status, own] = await Promise.all([stackStatus(group.stack), parts.inspect(group, look, now)]);
        return { ...signals, stackStatus: status, ...own };
      };
      const inspections = await pMap(
        groups,
        async ({ key }) => [key, await inspected(listing.get(key))] as const,
        { concurrency: callsAtOnce },
      );
      return new Map(inspections);
    },
    groupOf: (arn, place) => groupIn({ ResourceARN: arn }, place, { pick: () => ({}) }, lone)[0],
    tagsBy: 'tag:GetResources',
    tagged: async (group, look, place, tags) => {
      const command = new GetResourcesCommand({ ResourceARNList: [group.arn] });
      const { ResourceTagMappingList = [] } = await look(ResourceGroupsTaggingAPIClient).send(command);
      // One that was never tagged is not listed.
      return ResourceTagMappingList.flatMap((one) => groupIn(one, place, tags, lone))[0] ?? group;
    },
    observe: async (strikes, place, look, tags) => {
      const now = await byKey(look, place, tags);
      const seen = strikes.map((strike) => [strikeKey(strike), { group: now.get(strike.group) }] as const);
      return { value: new Map(seen), failures: [] };
    },
  };
}

function groupIn(
  { ResourceARN = '', Tags = [] }: ResourceTagMapping,
  place: Place,
  tags: Pick<TagReader, 'pick'>,
  lone: LoneKind,
): readonly LoneGroup[] {
  const start = lone.arnOf({ ...place, partition: ResourceARN.split(':')[1] ?? '' }, '');
  // Not a version of it, nor anything else that begins like one.
  const name = ResourceARN.startsWith(start) ? ResourceARN.slice(start.length) : '';
  if (!/^[^:/]+$/.test(name)) return [];
  const stack = Tags.find(({ Key }) => Key === stackTag)?.Value;
  return [loneGroup(place, name, tags.pick(Tags), lone, stack)];
}

/** Each stack is asked about once. */
function stackReader(look: ReadClients): (stack: string | undefined) => Promise<Lookup<string | undefined>> {
  const asked = new Map<string, Promise<Lookup<string | undefined>>>();
  return async (stack) => {
    if (stack === undefined) return available(undefined);
    const known = asked.get(stack) ?? lookUp(readStackStatus(stack, look));
    asked.set(stack, known);
    return known;
  };
}

async function readStackStatus(StackName: string, look: ReadClients): Promise<string | undefined> {
  const { Stacks = [] } = await look(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
  return Stacks[0]?.StackStatus;
}
