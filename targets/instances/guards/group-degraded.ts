import { ownOnGroup } from '#core/guards/shared/own-on-group.ts';
import { healthyCapacity, type InstanceGuard } from '../model.ts';

/** A group below its desired capacity already has a problem. */
export const groupDegraded: InstanceGuard<'listing'> = {
  code: 'group-degraded',
  summary:
    'The healthy capacity of the group is below its desired capacity, by more than the same experiment has struck.',
  needs: 'listing',
  check: ({ group }, context) => {
    const capacity = healthyCapacity(group);
    const own = ownOnGroup(group.key, context) * Math.min(1, ...group.members.map((one) => one.capacity));
    const isWeighted = group.members.some((member) => member.capacity !== 1);
    return {
      passes: capacity + own >= group.desired,
      saw: `${capacity} of ${group.desired} desired ${isWeighted ? 'units of capacity' : 'instances'} are healthy`,
    };
  },
};
