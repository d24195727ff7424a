import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { FunctionGuard } from '../model.ts';

/** Lambda refuses changes of a function that is being updated, the undo among them. */
export const functionUpdating: FunctionGuard<'inspection'> = {
  code: 'function-updating',
  summary: 'The function is being created or updated, or its last update failed.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.configuration, ({ state, lastUpdate }) => ({
      // Inactive after weeks without an invocation: the next one brings it back.
      passes: ['Active', 'Inactive'].includes(state) && lastUpdate === 'Successful',
      saw: `it is ${state}, its last update ${lastUpdate}`,
    })),
};
