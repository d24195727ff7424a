import { healthyCapacity, type InstanceGuard } from '../model.ts';

/** A group that is already below its desired capacity has trouble of its own. */
export const groupDegraded: InstanceGuard<'listing'> = {
  code: 'group-degraded',
  summary: 'The group has less healthy capacity than desired.',
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
