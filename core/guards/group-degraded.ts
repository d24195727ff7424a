import { healthyMembers } from '../group.ts';
import type { GroupGuard } from './guard.ts';

/** A group that is already below its desired capacity has trouble of its own. */
export const groupDegraded: GroupGuard = {
  code: 'group-degraded',
  refuses: (group) => {
    const healthy = healthyMembers(group).length;
    return healthy < group.desired
      ? `${healthy} of ${group.desired} desired instances are healthy`
      : undefined;
  },
};
