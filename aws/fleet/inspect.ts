import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { Config } from '#core/config.ts';
import { type Alarm, type Group, healthyMembers, type Looked } from '#core/group.ts';
import { asKnown, type Known } from '#core/known.ts';
import { alarmStates } from '../alarms.ts';
import { FisClient } from '../fis/client.ts';
import { safetyLever } from '../safety-lever.ts';
import { inspectInstances } from './inspect-instances.ts';
import { unendedRefreshes } from './instance-refreshes.ts';
import type { Look, Place } from './looking.ts';
import { unendedActivities } from './scaling-activities.ts';
import type { TagReader } from './tags.ts';

/**
 * Looks into groups of one account and region: for all together one call for 200 instances, one for the alarms and one for the
 * safety lever where they are asked for, and for each Auto Scaling group two. Throws what EC2 answers; of all else, what
 * cannot be had is unknown and the rest stands.
 */
export async function inspectGroups(
  groups: readonly Group[],
  place: Place,
  look: Look,
  config: Config,
  tags: TagReader,
): Promise<ReadonlyMap<string, Looked>> {
  const ids = groups.flatMap((group) => healthyMembers(group).map(({ instanceId }) => instanceId));
  const autoScaling = look(AutoScalingClient);
  const [instances, alarms, lever, underWay] = await Promise.all([
    inspectInstances(look(EC2Client), place, ids, tags),
    alarmsOf(groups, look, config),
    config.gates.fisSafetyLever ? asKnown(safetyLever(look(FisClient))) : undefined,
    Promise.all(groups.map(async (group) => ({ group, ...(await underWayIn(group, autoScaling)) }))),
  ]);
  return new Map(
    underWay.map(({ group, refreshes, activities }) => [
      group.key,
      {
        instances: group.members.flatMap(({ instanceId }) => instances.get(instanceId) ?? []),
        refreshes,
        activities,
        alarms: alarmsFor(group, alarms, config),
        safetyLever: lever,
      },
    ]),
  );
}

type UnderWay = Pick<Looked, 'refreshes' | 'activities'>;
const nothing: Known<readonly string[]> = { known: [] };

async function underWayIn({ kind, name }: Group, client: AutoScalingClient): Promise<UnderWay> {
  // Nothing looks after standalone instances.
  if (kind !== 'asg') return { refreshes: nothing, activities: nothing };
  const [refreshes, activities] = await Promise.all([
    asKnown(unendedRefreshes(client, name)),
    asKnown(unendedActivities(client, name)),
  ]);
  return { refreshes, activities };
}

/** The alarms of all groups; without any to ask for there is no call. */
async function alarmsOf(
  groups: readonly Group[],
  look: Look,
  config: Config,
): Promise<Known<readonly Alarm[]>> {
  const names = new Set(groups.flatMap((group) => alarmNames(group, config)).filter(canBeAlarm));
  return names.size === 0 ? { known: [] } : asKnown(alarmStates(look(CloudWatchClient), [...names]));
}

function alarmsFor(group: Group, alarms: Known<readonly Alarm[]>, config: Config): Known<readonly Alarm[]> {
  if ('unknown' in alarms) return alarms;
  const byName = new Map(alarms.known.map((alarm) => [alarm.name, alarm]));
  return {
    known: alarmNames(group, config).map((name) => byName.get(name) ?? { name, state: 'MISSING' }),
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
