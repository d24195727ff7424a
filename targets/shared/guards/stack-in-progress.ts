import type { GuardOn } from '#core/guards/guard.ts';
import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { LoneTypes } from '../lone-group.ts';

/** A deployment would meet the fault, and might roll back, or write over what the undo is to restore. */
export const stackInProgress: GuardOn<'inspection', LoneTypes> = {
  code: 'stack-in-progress',
  summary: 'Its CloudFormation stack is being created, updated, rolled back or deleted.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.stackStatus, (status) =>
      status === undefined
        ? { passes: true, saw: 'it is in no CloudFormation stack' }
        : { passes: !status.endsWith('_IN_PROGRESS'), saw: `its CloudFormation stack is ${status}` },
    ),
};
