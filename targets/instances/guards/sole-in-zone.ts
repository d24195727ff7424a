import { counted } from '#core/util/format.ts';
import type { InstanceGuard } from '../model.ts';

/**
 * A strike must not take a group out of a zone: load balancing within the zone, and whatever is replicated by zone, would be
 * without it. A group in a single zone has no such thing to lose.
 */
export const soleInZone: InstanceGuard<'candidate'> = {
  code: 'sole-in-zone',
  summary:
    'It is the only healthy instance of its group in its zone, and the group has instances in other zones (`guards.soleInZone`).',
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
