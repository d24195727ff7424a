import { healthyMembers } from '../group.ts';
import type { GroupGuard } from './guard.ts';

/** A group that is already below its desired capacity has trouble of its own. */
export const groupDegraded: GroupGuard = {
  code: 'group-degraded',
  refuses: (group) => {
    const healthy = healthyMembers(group);
    const capacity = healthy.reduce((sum, member) => sum + member.capacity, 0);
    if (capacity >= group.desired) return undefined;
    return group.members.every((member) => member.capacity === 1)
      ? `${capacity} of ${group.desired} desired instances are healthy`
      : `${capacity} of ${group.desired} desired units of capacity are healthy`;
  },
};
