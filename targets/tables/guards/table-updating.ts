import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { TableGuard } from '../model.ts';

/** DynamoDB refuses changes of a table that is being changed, the undo among them. */
export const tableUpdating: TableGuard<'inspection'> = {
  code: 'table-updating',
  summary: 'The table, or one of its indexes, is being created, changed, restored or deleted.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.status, (status) => ({
      passes: status === 'ACTIVE',
      saw: `it is ${status}`,
    })),
};
