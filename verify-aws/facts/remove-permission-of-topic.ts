import { GetTopicAttributesCommand, RemovePermissionCommand, SNSClient } from '@aws-sdk/client-sns';
import { snsDeny } from '#faults/topics/sns-deny.ts';
import { doesNotHold, type Fact, holds } from '../fact.ts';
import { struckWith } from '../shared/struck.ts';

export const removePermissionOfTopic: Fact = {
  name: 'remove-permission-of-topic',
  claim: 'RemovePermission of SNS removes a statement by its Sid, whoever has put it into the policy.',
  faults: ['sns-deny'],
  check: {
    creates: ['a topic without subscriptions'],
    minutes: 3,
    cents: 0.1,
    run: async (bench) => {
      const target = await bench.make.topic();
      const { strike } = await struckWith(bench, snsDeny, target, { minutes: 5 }, 5 * 60_000);
      const sns = bench.client(SNSClient);
      const TopicArn = target.arns.topic;
      await sns.send(new RemovePermissionCommand({ TopicArn, Label: `Chaos${strike.id}` }));
      await bench.sleep(60_000);
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      return Attributes?.Policy?.includes(strike.id)
        ? doesNotHold('the statement is still there a minute later')
        : holds('the statement is gone');
    },
  },
};
