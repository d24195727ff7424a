import { isDeepStrictEqual } from 'node:util';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { Config } from '#core/config/config.ts';
import type { Place, ReadClients } from '../read-clients.ts';
import { readSignals } from '../signals.ts';
import type { TagReader } from '../tags.ts';
import { ask } from './ask.ts';
import { autoScalingGroupsNamed } from './auto-scaling-groups.ts';
import { inspectInstances } from './inspect-instances.ts';
import { healthyMembers, type InstanceGroup, type InstanceInspection } from './model.ts';
import { standaloneGroupsNamed } from './standalone-groups.ts';

/**
 * Inspects groups of one account and region as they are now. Takes one call per 100 Auto Scaling groups, one for the standalone
 * groups, one per 200 instances, one each for the alarms and the safety lever if they are configured, and two per Auto Scaling group.
 * Throws errors of the listings; anything else that cannot be read is unknown.
 */
export async function inspectGroups(
  listed: readonly InstanceGroup[],
  place: Place,
  look: ReadClients,
  config: Config,
  tags: TagReader,
): Promise<ReadonlyMap<string, InstanceInspection>> {
  const autoScaling = look(AutoScalingClient);
  const ec2 = look(EC2Client);
  const namesOf = (kind: 'asg' | 'tag') => listed.filter((one) => one.kind === kind).map(({ name }) => name);
  const [managed, standalone, answers] = await Promise.all([
    autoScalingGroupsNamed(autoScaling, place, namesOf('asg'), tags),
    standaloneGroupsNamed(ec2, place, namesOf('tag'), tags),
    Promise.all(listed.map(async (group) => [group, await ask(group, { autoScaling, ec2 })] as const)),
  ]);
  const groups = new Map([...managed, ...standalone].map((group) => [group.key, group]));
  const ids = [...groups.values()].flatMap(healthyMembers).map(({ instanceId }) => instanceId);
  const [instances, signalsOf] = await Promise.all([
    inspectInstances(ec2, place, ids, tags),
    readSignals([...groups.values()], look, config),
  ]);
  return new Map(
    answers.map(([before, answered]): [string, InstanceInspection] => {
      const now = groups.get(before.key);
      // Reuses unchanged groups, which are most: hundreds are in memory at once, and all are recorded.
      const group = isDeepStrictEqual(now, before) ? before : now;
      return [
        before.key,
        {
          group,
          instances: (group?.members ?? []).flatMap(({ instanceId }) => instances.get(instanceId) ?? []),
          ...answered,
          ...signalsOf(group),
        },
      ];
    }),
  );
}
