import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { listFirst } from '#core/util/list-first.ts';
import type { InstanceGuard } from '../model.ts';

/** The group is launching or terminating: what it has now is not what it will have. */
export const scalingActivity: InstanceGuard<'inspection'> = {
  code: 'scaling-activity',
  summary: 'A scaling activity of the group is under way.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.activities, (activities) =>
      activities.length === 0
        ? { passes: true, saw: 'no scaling activity is under way' }
        : { passes: false, saw: `under way: ${listFirst(activities, '; ')}` },
    ),
};
