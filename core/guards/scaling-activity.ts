import { listFirst } from '../util/list-first.ts';
import type { InspectionGuard } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';

/** The group is launching or terminating: what it has now is not what it will have. */
export const scalingActivity: InspectionGuard = {
  code: 'scaling-activity',
  check: ({ looked }) =>
    ifAvailable(looked.activities, (activities) =>
      activities.length === 0
        ? { passes: true, saw: 'no scaling activity is under way' }
        : { passes: false, saw: `under way: ${listFirst(activities, '; ')}` },
    ),
};
