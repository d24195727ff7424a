import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { MappingGuard } from '../model.ts';

/** Lambda refuses changes of a mapping that is being changed. One that is disabled has nothing to lose, which its fault says. */
export const mappingInTransition: MappingGuard<'inspection'> = {
  code: 'mapping-in-transition',
  summary: 'The event source mapping is being created, updated, enabled, disabled or deleted.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.state, (state) => ({
      passes: ['Enabled', 'Disabled'].includes(state),
      saw: `it is ${state}`,
    })),
};
