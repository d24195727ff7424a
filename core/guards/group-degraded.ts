import { healthyCapacity } from '../model/group.ts';
import type { GroupGuard } from './guard.ts';

/** A group that is already below its desired capacity has trouble of its own. */
export const groupDegraded: GroupGuard = {
  code: 'group-degraded',
  check: (group) => {
    const capacity = healthyCapacity(group);
    const isWeighted = group.members.some((member) => member.capacity !== 1);
    return {
      passes: capacity >= group.desired,
      saw: `${capacity} of ${group.desired} desired ${isWeighted ? 'units of capacity' : 'instances'} are healthy`,
    };
  },
};
