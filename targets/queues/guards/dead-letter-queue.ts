import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { QueueGuard } from '../model.ts';

/**
 * What cannot be put there is lost, and nothing else is left to put it. SQS knows of the queues that name it; subscriptions, functions
 * and rules that do, it does not know of.
 */
export const deadLetterQueue: QueueGuard<'inspection'> = {
  code: 'dead-letter-queue',
  summary: 'The queue is the dead-letter queue of another.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.deadLettersOf, ([one]) => ({
      passes: one === undefined,
      saw: one === undefined ? 'no queue names it' : `it is the dead-letter queue of ${one}`,
    })),
};
