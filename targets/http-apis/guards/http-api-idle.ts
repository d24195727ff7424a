import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { counted } from '#core/util/format.ts';
import type { HttpApiGuard } from '../model.ts';

/** A strike on what nobody uses shows nothing, and counts as one. */
export const httpApiIdle: HttpApiGuard<'inspection'> = {
  code: 'http-api-idle',
  summary: 'The API was not called in the last hour.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.requests, (requests) => ({
      passes: requests > 0,
      saw: `${counted(requests, 'request')} in the last hour`,
    })),
};
