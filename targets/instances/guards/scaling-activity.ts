import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { ownOnGroup } from '#core/guards/shared/own-on-group.ts';
import { listFirst } from '#core/util/list-first.ts';
import type { InstanceGuard } from '../model.ts';

/** The group is launching or terminating instances: its members are about to change. */
export const scalingActivity: InstanceGuard<'inspection'> = {
  code: 'scaling-activity',
  summary:
    'A scaling activity of the group is in progress, and the same experiment has struck none of its instances.',
  needs: 'inspection',
  check: ({ group, inspection }, context) =>
    ifAvailable(inspection.activities, (activities) =>
      activities.length === 0
        ? { passes: true, saw: 'no scaling activity in progress' }
        : {
            // It replaces what the experiment itself has struck.
            passes: ownOnGroup(group.key, context) > 0,
            saw: `under way: ${listFirst(activities, '; ')}`,
          },
    ),
};
