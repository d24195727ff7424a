import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { snsDeny } from '#faults/topics/sns-deny.ts';
import type { Fact } from '../fact.ts';
import { denyEnds } from '../shared/deny-ends.ts';

export const denyOfTopicEnds: Fact = {
  name: 'deny-of-topic-ends',
  claim: 'A Deny with DateLessThan in the policy of a topic denies until that moment, and no longer.',
  faults: ['sns-deny'],
  check: denyEnds({
    fault: snsDeny,
    make: (make) => make.topic(),
    creates: ['a topic without subscriptions'],
    cents: 0.1,
    parameters: { minutes: 5 },
    attempt: (bench, { arns }) =>
      bench.client(SNSClient).send(new PublishCommand({ TopicArn: arns.topic, Message: 'verify' })),
  }),
};
