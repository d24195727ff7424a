import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createFunction, createMapping } from '../../../contract/aws/arrange-functions.ts';
import { home } from '../../../contract/aws/aws-under-test.ts';
import { optIn, type StrikeWorld } from '../a-strike-world.ts';
import type { FaultCase, StruckResource } from '../fault-case.ts';

const ofOrders =
  (isEnabled: boolean) =>
  (world: StrikeWorld): StruckResource => {
    const { functions } = world.region;
    functions.add({ name: 'checkout' });
    const mapping = functions.map({
      functionName: 'checkout',
      eventSourceArn: 'arn:aws:sqs:eu-west-1:222222222222:orders',
      isEnabled,
      tags: optIn,
    });
    const isOff = () => ['Disabled', 'Disabling'].includes(mapping.stateAt(world.clock.now()));
    return {
      find: () => world.find(mapping.uuid),
      describe: () => ({ isEnabled: !isOff() }),
      isBroken: isOff,
      change: (when) => mapping.update(when === 'active'),
      changeEndsIt: true,
      delete: () => functions.mappings.delete(mapping.uuid),
      setTags: (tags) => {
        mapping.tags = tags;
      },
    };
  };

const parameters = { minutes: 5 };

export const faultCase: FaultCase = {
  variants: [{ title: 'of a queue', parameters, create: ofOrders(true) }],
  unfit: [
    { title: 'that is disabled', parameters, reason: /it is Disabled/, create: ofOrders(false) },
    {
      title: 'that is being disabled',
      parameters,
      reason: /it is Disabling/,
      create: (world) => {
        const resource = ofOrders(true)(world);
        resource.change('before');
        return resource;
      },
    },
  ],
  onMoto: {
    parameters,
    create: async (account, clients) => {
      await createFunction(account, { name: 'checkout' });
      const UUID = await createMapping(account, 'checkout');
      const client = clients(LambdaClient, account.scope());
      const arn = `arn:aws:lambda:${home}:${account.id}:event-source-mapping:${UUID}`;
      return {
        target: { id: UUID, arns: { eventSourceMapping: arn } },
        describe: async () => {
          const command = new GetEventSourceMappingCommand({ UUID });
          const { $metadata, LastModified, ...described } = await client.send(command);
          return described;
        },
      };
    },
  },
};
