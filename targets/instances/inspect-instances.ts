import { type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { partitionOf } from '#core/model/aws-names.ts';
import type { Place } from '../read-clients.ts';
import type { TagReader } from '../tags.ts';
import type { InspectedInstance } from './model.ts';

/** The limit for values in one filter. */
const idsPerCall = 200;

/**
 * Inspects instances by id. Uses a filter instead of `InstanceIds`, with which a single missing instance fails the whole call; with a
 * filter it is just missing from the answer.
 */
export async function inspectInstances(
  client: EC2Client,
  place: Place,
  ids: readonly string[],
  tags: TagReader,
): Promise<ReadonlyMap<string, InspectedInstance>> {
  const found = new Map<string, InspectedInstance>();
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const Values = ids.slice(start, start + idsPerCall);
    const pages = paginateDescribeInstances({ client }, { Filters: [{ Name: 'instance-id', Values }] });
    for await (const { Reservations = [] } of pages) {
      for (const seen of Reservations.flatMap(({ Instances = [] }) => Instances)) {
        const { InstanceId, LaunchTime, State, Tags, RootDeviceType, InstanceLifecycle, Operator } = seen;
        if (InstanceId === undefined || LaunchTime === undefined) continue;
        found.set(InstanceId, {
          instanceId: InstanceId,
          arn: `arn:${partitionOf(place.region)}:ec2:${place.region}:${place.account}:instance/${InstanceId}`,
          state: State?.Name ?? 'unknown',
          launchedAt: LaunchTime.getTime(),
          tags: tags.pick(Tags),
          rootDevice: RootDeviceType,
          purchase: InstanceLifecycle,
          managedBy: Operator?.Managed === true ? (Operator.Principal ?? 'a service') : undefined,
        });
      }
    }
  }
  return found;
}
