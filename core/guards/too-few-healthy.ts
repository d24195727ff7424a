import { healthyMembers } from '../model/group.ts';
import type { GroupGuard } from './guard.ts';

/** A strike must leave somebody to do the work, whatever the configuration says. */
export const tooFewHealthy: GroupGuard = {
  code: 'too-few-healthy',
  check: (group) => {
    const healthy = healthyMembers(group).length;
    return { passes: healthy > 1, saw: `${healthy} healthy, at least 2 are needed` };
  },
};
