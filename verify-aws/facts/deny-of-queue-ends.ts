import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sqsDeny } from '#faults/queues/sqs-deny.ts';
import type { Fact } from '../fact.ts';
import { denyEnds } from '../shared/deny-ends.ts';

export const denyOfQueueEnds: Fact = {
  name: 'deny-of-queue-ends',
  claim: 'A Deny with DateLessThan in the policy of a queue denies until that moment, and no longer.',
  faults: ['sqs-deny'],
  check: denyEnds({
    fault: sqsDeny,
    make: (make) => make.queue(),
    creates: ['a queue'],
    cents: 0.1,
    parameters: { actions: ['sqs:SendMessage'], minutes: 5 },
    attempt: async (bench, { id }) => {
      const sqs = bench.client(SQSClient);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: id }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'verify' }));
    },
  }),
};
