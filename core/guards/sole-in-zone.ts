import { counted } from '../util/format.ts';
import type { InstanceGuard } from './guard.ts';

/**
 * A strike must not take a group out of a zone: load balancing within the zone, and whatever is replicated by zone, would be
 * without it. A group in a single zone has no such thing to lose.
 */
export const soleInZone: InstanceGuard = {
  code: 'sole-in-zone',
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
