import { healthyMembers } from '../group.ts';
import type { GroupGuard } from './guard.ts';

/** A strike must leave somebody to do the work. */
export const tooFewHealthy: GroupGuard = {
  code: 'too-few-healthy',
  refuses: (group) => {
    const healthy = healthyMembers(group).length;
    return healthy > 1 ? undefined : `${healthy} healthy, at least 2 are needed`;
  },
};
