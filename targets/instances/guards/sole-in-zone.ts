import { counted } from '#core/util/format.ts';
import type { InstanceGuard } from '../model.ts';

/**
 * A strike must not leave a zone without the group: zonal load balancing and replication across zones depend on it. A group in a
 * single zone has nothing to lose there.
 */
export const soleInZone: InstanceGuard<'candidate'> = {
  code: 'sole-in-zone',
  summary:
    'The instance is the only healthy one of its group in its zone, and the group has instances in other zones (`guards.soleInZone`).',
  needs: 'candidate',
  check: ({ group, member }, { config }) => {
    const { zone } = member;
    if (group.members.every((other) => other.zone === zone)) {
      return { passes: true, saw: `all its instances are in ${zone}` };
    }
    const others = group.members.filter(
      (other) => other.healthy && other.zone === zone && other.instanceId !== member.instanceId,
    ).length;
    const saw = `${counted(others, 'other')} healthy in ${zone}`;
    if (others > 0) return { passes: true, saw };
    const policy = config.guards.soleInZone;
    return { passes: policy === 'strike', saw: `${saw}, and guards.soleInZone is "${policy}"` };
  },
};
