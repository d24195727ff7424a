import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { counted } from '#core/util/format.ts';
import type { QueueGuard } from '../model.ts';

/** A strike on what nobody uses shows nothing, and counts as one. */
export const queueIdle: QueueGuard<'inspection'> = {
  code: 'queue-idle',
  summary: 'No message was sent to the queue, or received from it, in the last hour.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.messages, (messages) => ({
      passes: messages > 0,
      saw: `${counted(messages, 'message')} sent or received in the last hour`,
    })),
};
