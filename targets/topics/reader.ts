import { lookUp } from '#core/util/lookup.ts';
import { sumOfLastHour } from '../shared/sum-of-metrics.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { loneTopic, topics } from './kind.ts';
import type { TopicTypes } from './model.ts';

/** Reads topics by the Tagging API, and those that are drawn by CloudWatch. */
export const topicsReader = taggedReader<TopicTypes>({
  of: topics,
  lone: loneTopic,
  resourceType: 'sns',
  inspect: async ({ name }, look, now) => ({
    // Source: SNS Developer Guide, "Amazon SNS metrics".
    messages: await lookUp(
      sumOfLastHour(look, now, {
        namespace: 'AWS/SNS',
        names: ['NumberOfMessagesPublished'],
        dimensions: [[{ Name: 'TopicName', Value: name }]],
      }),
    ),
  }),
});
