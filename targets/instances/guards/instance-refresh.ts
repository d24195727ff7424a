import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { listFirst } from '#core/util/list-first.ts';
import type { InstanceGuard } from '../model.ts';

/** During a refresh the group is already missing instances, and a strike would disturb its checkpoints. */
export const instanceRefresh: InstanceGuard<'inspection'> = {
  code: 'instance-refresh',
  summary: 'An instance refresh of the group is in progress.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.refreshes, (refreshes) =>
      refreshes.length === 0
        ? { passes: true, saw: 'no instance refresh in progress' }
        : { passes: false, saw: `under way: ${listFirst(refreshes)}` },
    ),
};
