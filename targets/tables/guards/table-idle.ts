import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { counted } from '#core/util/format.ts';
import type { TableGuard } from '../model.ts';

/** A strike on what nobody uses shows nothing, and counts as one. */
export const tableIdle: TableGuard<'inspection'> = {
  code: 'table-idle',
  summary: 'The table was neither read nor written in the last hour.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.capacity, (units) => ({
      passes: units > 0,
      saw: `${counted(units, 'capacity unit')} consumed in the last hour`,
    })),
};
