import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { FisClient } from '#aws/fis/client.ts';
import { alarmStates } from '#aws/signals/alarms.ts';
import { safetyLever } from '#aws/signals/safety-lever.ts';
import type { Config } from '#core/config/config.ts';
import type { Alarm, Group, Inspection } from '#core/model/group.ts';
import { available, type Lookup, lookUp } from '#core/util/lookup.ts';
import type { ReadClients } from './read-clients.ts';

/** The part of an inspection that is the same for all kinds of target. */
export type Signals = Pick<Inspection, 'alarms' | 'safetyLever'>;

const nothing = available([]);

/**
 * Reads the alarms of all these groups in one call, and the safety lever of their account and region in another; makes no call that
 * is not needed. Never rejects. Returns an entry per group, undefined for one that is gone.
 */
export async function readSignals(
  groups: readonly Group[],
  look: ReadClients,
  config: Config,
): Promise<(group: Group | undefined) => Signals> {
  const names = new Set(groups.flatMap((group) => alarmNames(group, config)).filter(canBeAlarm));
  const [alarms, lever] = await Promise.all([
    names.size === 0 ? nothing : lookUp(alarmStates(look(CloudWatchClient), [...names])),
    config.gates.fisSafetyLever ? lookUp(safetyLever(look(FisClient))) : undefined,
  ]);
  return (group) => ({
    alarms: group === undefined ? nothing : alarmsFor(group, alarms, config),
    safetyLever: lever,
  });
}

function alarmsFor(group: Group, alarms: Lookup<readonly Alarm[]>, config: Config): Lookup<readonly Alarm[]> {
  if (!alarms.ok) return alarms;
  const byName = new Map(alarms.value.map((alarm) => [alarm.name, alarm]));
  return available(alarmNames(group, config).map((name) => byName.get(name) ?? { name, state: 'MISSING' }));
}

function alarmNames(group: Group, { gates, tags }: Config): readonly string[] {
  const own = group.tags[tags.alarm];
  return [...new Set([...gates.alarms.account, ...(own === undefined ? [] : [own])])];
}

/** An invalid name in one group's tag would make CloudWatch reject the call for all groups. Source: API reference, DescribeAlarms. */
function canBeAlarm(name: string): boolean {
  return name.length >= 1 && name.length <= 255;
}
