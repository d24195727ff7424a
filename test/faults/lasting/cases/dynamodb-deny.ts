import { CreateTableCommand, DynamoDBClient, GetResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import { policyCase } from '../a-policy-case.ts';
import { optIn } from '../a-strike-world.ts';
import { aTable } from '../a-table.ts';

const motoTable = (account: string) => `arn:aws:dynamodb:eu-west-1:${account}:table/orders`;

export const faultCase = policyCase({
  action: 'dynamodb:GetItem',
  another: 'dynamodb:PutItem',
  maxBytes: 20_480,
  arnOf: ({ region }) => `arn:aws:dynamodb:${region.name}:${region.account}:table/orders`,
  create: (world, policy) => {
    const { control, ...rest } = aTable(world, { ...(policy && { policy }) });
    return {
      holder: control,
      // Nobody looks so far ahead, so that it is what was written last.
      text: () => control.policy.readAt(Number.POSITIVE_INFINITY)?.text,
      set: (text) => void control.policy.put(text ?? '', undefined, world.clock.now()),
      ...rest,
    };
  },
  unfit: [
    {
      title: 'with replicas, for everybody',
      parameters: { actions: ['dynamodb:GetItem'], minutes: 5 },
      reason: /replicas/,
      create: (world) => {
        world.region.table({ name: 'orders', partitionKey: 'id', tags: optIn, replicas: ['us-east-1'] });
        return { find: () => world.find('orders') };
      },
    },
  ],
  onMoto: {
    id: 'orders',
    arns: (id) => ({ table: motoTable(id) }),
    create: (client) =>
      client(DynamoDBClient).send(
        new CreateTableCommand({
          TableName: 'orders',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        }),
      ),
    describe: (client, id) =>
      client(DynamoDBClient)
        .send(new GetResourcePolicyCommand({ ResourceArn: motoTable(id) }))
        .then(
          ({ Policy }) => Policy,
          ({ name }: Error) => name,
        ),
  },
});
