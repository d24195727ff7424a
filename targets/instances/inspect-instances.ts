import { type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { partitionOf } from '#core/model/aws-names.ts';
import type { Place } from '../read-clients.ts';
import type { TagReader } from '../tags.ts';
import type { InspectedInstance } from './model.ts';

/** The most values that one filter takes. */
const idsPerCall = 200;

/**
 * Looks instances up, by id. Asks by filter rather than by `InstanceIds`, where one id that is gone fails the whole call;
 * here it is missing from the answer.
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
