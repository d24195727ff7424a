import { policyCase } from '../a-policy-case.ts';
import { optIn } from '../a-strike-world.ts';

export const faultCase = policyCase({
  action: 'sns:Publish',
  another: 'sns:Subscribe',
  maxBytes: 30_720,
  arnOf: ({ region }) => `arn:aws:sns:${region.name}:${region.account}:orders`,
  create: ({ region, clock }, policy) => {
    const topic = region.topic('orders', { tags: optIn, ...(policy && { policy }) });
    return {
      holder: topic,
      text: () => topic.policy.latest,
      set: (text) => topic.policy.set(text, clock.now()),
      delete: () => void region.topics.delete(topic.arn),
      setTags: (tags) => {
        topic.tags = tags;
      },
    };
  },
});
