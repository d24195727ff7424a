import { type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { partitionOf } from '#core/aws-names.ts';
import type { TagKeys } from '#core/config.ts';
import type { InspectedInstance } from '#core/group.ts';
import { pickTags } from './tags.ts';

/** The most values that one filter takes. */
const idsPerCall = 200;

/**
 * Looks instances up, by id. Asks by filter rather than by `InstanceIds`, where one id that is gone fails the whole call;
 * here it is missing from the answer.
 */
export async function inspectInstances(
  client: EC2Client,
  place: { readonly account: string; readonly region: string },
  ids: readonly string[],
  tags: TagKeys,
): Promise<ReadonlyMap<string, InspectedInstance>> {
  const found = new Map<string, InspectedInstance>();
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const Values = ids.slice(start, start + idsPerCall);
    const pages = paginateDescribeInstances({ client }, { Filters: [{ Name: 'instance-id', Values }] });
    for await (const { Reservations = [] } of pages) {
      for (const { InstanceId, State, Tags } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
        if (InstanceId === undefined) continue;
        found.set(InstanceId, {
          instanceId: InstanceId,
          arn: `arn:${partitionOf(place.region)}:ec2:${place.region}:${place.account}:instance/${InstanceId}`,
          state: State?.Name ?? 'unknown',
          tags: pickTags(Tags, tags),
        });
      }
    }
  }
  return found;
}
