import { CreateTopicCommand, GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { policyCase } from '../a-policy-case.ts';
import { optIn } from '../a-strike-world.ts';

const motoTopic = (account: string) => `arn:aws:sns:eu-west-1:${account}:orders`;

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
  onMoto: {
    id: 'orders',
    arns: (id) => ({ topic: motoTopic(id) }),
    create: (client) => client(SNSClient).send(new CreateTopicCommand({ Name: 'orders' })),
    describe: async (client, id) => {
      const command = new GetTopicAttributesCommand({ TopicArn: motoTopic(id) });
      const { Attributes = {} } = await client(SNSClient).send(command);
      const { Policy = '', EffectiveDeliveryPolicy = '', ...others } = Attributes;
      return { ...others, policy: JSON.parse(Policy), delivery: JSON.parse(EffectiveDeliveryPolicy) };
    },
  },
});
