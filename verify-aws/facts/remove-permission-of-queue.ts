import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  RemovePermissionCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sqsDeny } from '#faults/queues/sqs-deny.ts';
import { doesNotHold, type Fact, holds } from '../fact.ts';
import { struckWith } from '../shared/struck.ts';

export const removePermissionOfQueue: Fact = {
  name: 'remove-permission-of-queue',
  claim: 'RemovePermission of SQS removes a statement by its Sid, whoever has put it into the policy.',
  faults: ['sqs-deny'],
  check: {
    creates: ['a queue'],
    minutes: 3,
    cents: 0.1,
    run: async (bench) => {
      const target = await bench.make.queue();
      const { strike } = await struckWith(bench, sqsDeny, target, { minutes: 5 }, 5 * 60_000);
      const sqs = bench.client(SQSClient);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: target.id }));
      await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: `Chaos${strike.id}` }));
      // It may take as long to show.
      await bench.sleep(60_000);
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
      );
      return Attributes?.Policy?.includes(strike.id)
        ? doesNotHold('the statement is still there a minute later')
        : holds(`the statement is gone, and ${Attributes?.Policy ? 'a policy' : 'no policy'} is left`);
    },
  },
};
