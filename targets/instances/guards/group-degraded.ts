import { healthyCapacity, type InstanceGuard } from '../model.ts';

/** A group below its desired capacity already has a problem. */
export const groupDegraded: InstanceGuard<'listing'> = {
  code: 'group-degraded',
  summary: 'The healthy capacity of the group is below its desired capacity.',
  needs: 'listing',
  check: ({ group }) => {
    const capacity = healthyCapacity(group);
    const isWeighted = group.members.some((member) => member.capacity !== 1);
    return {
      passes: capacity >= group.desired,
      saw: `${capacity} of ${group.desired} desired ${isWeighted ? 'units of capacity' : 'instances'} are healthy`,
    };
  },
};
