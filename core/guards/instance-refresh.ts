import { listFirst } from '../util/list-first.ts';
import type { InspectionGuard } from './guard.ts';
import { ifAvailable } from './shared/if-available.ts';

/** A group that replaces its instances is down by some already, and a strike would spoil its checkpoints. */
export const instanceRefresh: InspectionGuard = {
  code: 'instance-refresh',
  check: ({ looked }) =>
    ifAvailable(looked.refreshes, (refreshes) =>
      refreshes.length === 0
        ? { passes: true, saw: 'no instance refresh is under way' }
        : { passes: false, saw: `under way: ${listFirst(refreshes)}` },
    ),
};
