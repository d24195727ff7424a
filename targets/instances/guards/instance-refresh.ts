import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { listFirst } from '#core/util/list-first.ts';
import type { InstanceGuard } from '../model.ts';

/** A group that replaces its instances is down by some already, and a strike would spoil its checkpoints. */
export const instanceRefresh: InstanceGuard<'inspection'> = {
  code: 'instance-refresh',
  summary: 'An instance refresh of the group is under way.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.refreshes, (refreshes) =>
      refreshes.length === 0
        ? { passes: true, saw: 'no instance refresh is under way' }
        : { passes: false, saw: `under way: ${listFirst(refreshes)}` },
    ),
};
