import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { policyCase } from '../a-policy-case.ts';
import { optIn, type StrikeWorld } from '../a-strike-world.ts';

const arnOf = ({ region }: StrikeWorld) => `arn:aws:sqs:${region.name}:${region.account}:orders`;
const full = (world: StrikeWorld, conditions: number) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: arnOf(world),
      Condition: {
        StringEquals: Object.fromEntries(
          Array.from({ length: conditions }, (_, index) => [`aws:PrincipalTag/${index}`, 'x']),
        ),
      },
    },
  ],
});

export const faultCase = policyCase({
  action: 'sqs:SendMessage',
  another: 'sqs:ReceiveMessage',
  maxBytes: 8_192,
  arnOf,
  create: ({ region, clock }, policy) => {
    const queue = region.queues.add({ name: 'orders', tags: optIn, ...(policy && { policy }) });
    return {
      holder: queue,
      text: () => queue.policy.latest,
      set: (text) => queue.setPolicy(text, clock.now()),
      delete: () => region.queues.delete('orders'),
      setTags: (tags) => {
        queue.tags = tags;
      },
    };
  },
  unfit: [
    {
      title: 'whose policy has 9 conditions',
      parameters: { actions: ['sqs:SendMessage'], minutes: 5 },
      reason: /11 conditions/,
      create: (world) => {
        world.region.queues.add({ name: 'orders', tags: optIn, policy: full(world, 9) });
        return { find: () => world.find('orders') };
      },
    },
  ],
  onMoto: {
    id: 'orders',
    arns: (id) => ({ queue: `arn:aws:sqs:eu-west-1:${id}:orders` }),
    create: (client) => client(SQSClient).send(new CreateQueueCommand({ QueueName: 'orders' })),
    describe: async (client) => {
      const { QueueUrl } = await client(SQSClient).send(new GetQueueUrlCommand({ QueueName: 'orders' }));
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
      const { Attributes } = await client(SQSClient).send(command);
      return { ...Attributes, LastModifiedTimestamp: '' };
    },
  },
});
