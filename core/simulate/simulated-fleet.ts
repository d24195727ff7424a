import type { Config } from '../config/config.ts';
import type { Evidence } from '../decide/evidence.ts';
import { type Group, groupKey } from '../model/group.ts';
import { available } from '../util/lookup.ts';

/** A simulated group, and what an inspection would show. */
export interface SimulatedGroup extends Required<Pick<Evidence, 'inspection' | 'protections'>> {
  readonly group: Group;
}

const members = ['a', 'b'];
/** Older than any age that could be asked for. */
const longAgo = Date.parse('2000-01-01T00:00:00Z');

/**
 * Groups that are always healthy, distributed over the configuration's accounts and regions: two healthy instances in one zone,
 * only the opt-in tag, and nothing in progress.
 */
export function simulatedFleet(
  { accounts, tags }: Pick<Config, 'accounts' | 'tags'>,
  count: number,
): readonly SimulatedGroup[] {
  const places = accounts.flatMap(({ id, regions }) => regions.map((region) => ({ account: id, region })));
  const optIn = { [tags.optIn.key]: tags.optIn.value };
  return Array.from({ length: count }, (_, index) => {
    const { account, region } = places[index % places.length] ?? { account: '', region: '' };
    const named = { account, region, kind: 'asg', name: `simulated-${index + 1}` } as const;
    const ids = members.map((letter) => `i-${index + 1}${letter}`);
    const group: Group = {
      ...named,
      key: groupKey(named),
      arn: undefined,
      tags: optIn,
      conflictingTags: [],
      desired: ids.length,
      createdAt: longAgo,
      suspendedProcesses: [],
      members: ids.map((instanceId) => ({
        instanceId,
        zone: `${region}a`,
        capacity: 1,
        healthy: true,
        lifecycle: 'InService',
        protectedFromScaleIn: false,
        state: 'InService/Healthy',
      })),
    };
    return {
      group,
      protections: new Map(ids.map((id) => [id, available([])])),
      inspection: {
        group,
        instances: ids.map((instanceId) => ({
          instanceId,
          arn: instanceId,
          state: 'running',
          launchedAt: longAgo,
          tags: optIn,
          rootDevice: 'ebs',
          purchase: undefined,
          managedBy: undefined,
        })),
        refreshes: available([]),
        activities: available([]),
        alarms: available([]),
        safetyLever: undefined,
      },
    };
  });
}
