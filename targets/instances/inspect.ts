import { isDeepStrictEqual } from 'node:util';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { FisClient } from '#aws/fis/client.ts';
import { alarmStates } from '#aws/signals/alarms.ts';
import { safetyLever } from '#aws/signals/safety-lever.ts';
import type { Config } from '#core/config/config.ts';
import { type Alarm, type Group, healthyMembers, type Inspection } from '#core/model/group.ts';
import { available, type Lookup, lookUp } from '#core/util/lookup.ts';
import type { Place, ReadClients } from '../read-clients.ts';
import type { TagReader } from '../tags.ts';
import { autoScalingGroupsNamed } from './auto-scaling-groups.ts';
import { inspectInstances } from './inspect-instances.ts';
import { unendedRefreshes } from './instance-refreshes.ts';
import { unendedActivities } from './scaling-activities.ts';
import { standaloneGroupsNamed } from './standalone-groups.ts';

/**
 * Looks into groups of one account and region, as they are now: for all together one call for 100 Auto Scaling groups, one for
 * the standalone ones, one for 200 instances, one for the alarms and one for the safety lever where they are asked for, and for
 * each Auto Scaling group two. Throws what the listings answer; of all else, what cannot be had is unknown and the rest stands.
 */
export async function inspectGroups(
  listed: readonly Group[],
  place: Place,
  look: ReadClients,
  config: Config,
  tags: TagReader,
): Promise<ReadonlyMap<string, Inspection>> {
  const autoScaling = look(AutoScalingClient);
  const ec2 = look(EC2Client);
  const namesOf = (kind: 'asg' | 'tag') => listed.filter((one) => one.kind === kind).map(({ name }) => name);
  const [managed, standalone, lever, underWay] = await Promise.all([
    autoScalingGroupsNamed(autoScaling, place, namesOf('asg'), tags),
    standaloneGroupsNamed(ec2, place, namesOf('tag'), tags),
    config.gates.fisSafetyLever ? lookUp(safetyLever(look(FisClient))) : undefined,
    Promise.all(listed.map(async (group) => [group, await underWayIn(group, autoScaling)] as const)),
  ]);
  const groups = new Map([...managed, ...standalone].map((group) => [group.key, group]));
  const ids = [...groups.values()].flatMap(healthyMembers).map(({ instanceId }) => instanceId);
  const [instances, alarms] = await Promise.all([
    inspectInstances(ec2, place, ids, tags),
    alarmsOf([...groups.values()], look, config),
  ]);
  return new Map(
    underWay.map(([before, under]): [string, Inspection] => {
      const now = groups.get(before.key);
      // Hundreds are in memory at once, and all are recorded: most have not changed since they were listed.
      const group = isDeepStrictEqual(now, before) ? before : now;
      return [
        before.key,
        {
          group,
          instances: (group?.members ?? []).flatMap(({ instanceId }) => instances.get(instanceId) ?? []),
          ...under,
          alarms: group === undefined ? nothing : alarmsFor(group, alarms, config),
          safetyLever: lever,
        },
      ];
    }),
  );
}

type UnderWay = Pick<Inspection, 'refreshes' | 'activities'>;
const nothing = available([]);

async function underWayIn({ kind, name }: Group, client: AutoScalingClient): Promise<UnderWay> {
  // Nothing looks after standalone instances.
  if (kind !== 'asg') return { refreshes: nothing, activities: nothing };
  const [refreshes, activities] = await Promise.all([
    lookUp(unendedRefreshes(client, name)),
    lookUp(unendedActivities(client, name)),
  ]);
  return { refreshes, activities };
}

/** The alarms of all groups; without any to ask for there is no call. */
async function alarmsOf(
  groups: readonly Group[],
  look: ReadClients,
  config: Config,
): Promise<Lookup<readonly Alarm[]>> {
  const names = new Set(groups.flatMap((group) => alarmNames(group, config)).filter(canBeAlarm));
  return names.size === 0 ? available([]) : lookUp(alarmStates(look(CloudWatchClient), [...names]));
}

function alarmsFor(group: Group, alarms: Lookup<readonly Alarm[]>, config: Config): Lookup<readonly Alarm[]> {
  if (!alarms.ok) return alarms;
  const byName = new Map(alarms.value.map((alarm) => [alarm.name, alarm]));
  return {
    ok: true,
    value: alarmNames(group, config).map((name) => byName.get(name) ?? { name, state: 'MISSING' }),
  };
}

function alarmNames(group: Group, { gates, tags }: Config): readonly string[] {
  const own = group.tags[tags.alarm];
  return [...new Set([...gates.alarms.account, ...(own === undefined ? [] : [own])])];
}

/** One group's tag must not make CloudWatch refuse the question for all of them. Source: API reference, DescribeAlarms. */
function canBeAlarm(name: string): boolean {
  return name.length >= 1 && name.length <= 255;
}
