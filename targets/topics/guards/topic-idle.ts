import { ifAvailable } from '#core/guards/shared/if-available.ts';
import { counted } from '#core/util/format.ts';
import type { TopicGuard } from '../model.ts';

/** A strike on what nobody uses shows nothing, and counts as one. */
export const topicIdle: TopicGuard<'inspection'> = {
  code: 'topic-idle',
  summary: 'Nothing was published to the topic in the last hour.',
  needs: 'inspection',
  check: ({ inspection }) =>
    ifAvailable(inspection.messages, (messages) => ({
      passes: messages > 0,
      saw: `${counted(messages, 'message')} published in the last hour`,
    })),
};
