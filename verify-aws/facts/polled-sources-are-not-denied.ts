import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { lambdaDeny } from '#faults/functions/lambda-deny.ts';
import { doesNotHold, type Fact, holds } from '../fact.ts';
import { struckWith, whenSo } from '../shared/struck.ts';

const waitMs = 2 * 60_000;

export const polledSourcesAreNotDenied: Fact = {
  name: 'polled-sources-are-not-denied',
  claim: 'A Deny in the policy of a function does not stop what Lambda polls for it, such as a queue.',
  faults: ['lambda-deny'],
  check: {
    creates: ['a function', 'its role', 'a queue', 'an event source mapping'],
    minutes: 7,
    cents: 0.1,
    run: async (bench) => {
      const [lambda, sqs] = [bench.client(LambdaClient), bench.client(SQSClient)];
      const queue = await bench.make.queue();
      const target = await bench.make.function();
      const { UUID } = await lambda.send(
        new CreateEventSourceMappingCommand({ FunctionName: target.id, EventSourceArn: queue.arns.queue }),
      );
      bench.removeLater(`mapping ${UUID}`, () => lambda.send(new DeleteEventSourceMappingCommand({ UUID })));
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue.id }));
      const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'verify' }));
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const isEmpty = async () => {
        const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] });
        const { Attributes = {} } = await sqs.send(command);
        return names.every((name) => Attributes[name] === '0');
      };

      await send();
      // The numbers are approximate, and late.
      await bench.sleep(60_000);
      if ((await whenSo(bench, bench.clock.now() + waitMs, isEmpty)) === undefined) {
        throw new Error('nothing was polled even before');
      }
      await struckWith(bench, lambdaDeny, target, { minutes: 10 }, 10 * 60_000);
      await bench.sleep(30_000);
      await send();
      await bench.sleep(60_000);
      const polled = await whenSo(bench, bench.clock.now() + waitMs, isEmpty);
      return polled === undefined
        ? doesNotHold('the message was still in the queue three minutes later')
        : holds('the message was taken from the queue while everybody was denied');
    },
  },
};
