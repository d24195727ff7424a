import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { listFirst } from '#core/util/list-first.ts';
import type { InstanceGuard } from '../model.ts';

/** The group is launching or terminating instances: its members are about to change. */
export const scalingActivity: InstanceGuard<'inspection'> = {
  code: 'scaling-activity',
  summary: 'A scaling activity of the group is in progress.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.activities, (activities) =>
      activities.length === 0
        ? { passes: true, saw: 'no scaling activity in progress' }
        : { passes: false, saw: `under way: ${listFirst(activities, '; ')}` },
    ),
};
