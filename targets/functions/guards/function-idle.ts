import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { counted } from '#core/util/format.ts';
import type { FunctionGuard } from '../model.ts';

/** A strike on what nobody uses shows nothing, and counts as one. */
export const functionIdle: FunctionGuard<'inspection'> = {
  code: 'function-idle',
  summary: 'The function was not invoked in the last hour.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.invocations, (invocations) => ({
      passes: invocations > 0,
      saw: `${counted(invocations, 'invocation')} in the last hour`,
    })),
};
