import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionSettings } from '#sandbox/lambda/function.ts';
import { createFunction } from '../../../contract/aws/arrange-functions.ts';
import { home } from '../../../contract/aws/aws-under-test.ts';
import { optIn, type StrikeWorld } from '../a-strike-world.ts';
import type { FaultCase, StruckResource } from '../fault-case.ts';

const fit = { memorySize: 1_024, timeout: 30 };

const checkout =
  (settings: Pick<FunctionSettings, 'memorySize' | 'timeout'>, changed: Partial<FunctionSettings>) =>
  (world: StrikeWorld): StruckResource => {
    const { functions } = world.region;
    const environment = { TOKEN: 'hidden' };
    const struck = functions.add({ name: 'checkout', tags: optIn, settings, environment });
    return {
      find: () => world.find('checkout'),
      describe: () => ({ settings: struck.settings, environment: struck.environment }),
      isBroken: () =>
        struck.settings.memorySize < settings.memorySize || struck.settings.timeout < settings.timeout,
      change: () => struck.update(changed),
      delete: () => functions.delete('checkout'),
      setTags: (tags) => {
        struck.tags = tags;
      },
    };
  };

const memory = { memoryMb: 128, timeoutSeconds: null, minutes: 5 };
const timeout = { memoryMb: null, timeoutSeconds: 1, minutes: 5 };
const both = { memoryMb: 128, timeoutSeconds: 1, minutes: 5 };
const other = { memorySize: 2_048, timeout: 60 };

export const faultCase: FaultCase = {
  variants: [
    { title: 'memory', parameters: memory, create: checkout(fit, other) },
    { title: 'timeout', parameters: timeout, create: checkout(fit, other) },
    { title: 'both', parameters: both, create: checkout(fit, other) },
    {
      title: 'both, of which one is so already',
      parameters: both,
      create: checkout({ ...fit, timeout: 1 }, other),
    },
  ],
  unfit: [
    {
      title: 'with such settings already',
      parameters: both,
      reason: /already/,
      create: checkout({ memorySize: 128, timeout: 1 }, {}),
    },
    {
      title: 'of which nothing is to change',
      parameters: { ...memory, memoryMb: null },
      reason: /already/,
      create: checkout(fit, {}),
    },
    {
      title: 'that is being updated',
      parameters: memory,
      reason: /being updated/,
      create: (world) => {
        const resource = checkout(fit, {})(world);
        resource.change('before');
        return resource;
      },
    },
  ],
  onMoto: {
    parameters: both,
    create: async (account, clients) => {
      const settings = { ...fit, handler: 'index.handler' };
      await createFunction(account, { name: 'checkout', settings, environment: { TOKEN: 'hidden' } });
      const client = clients(LambdaClient, account.scope());
      return {
        target: {
          id: 'checkout',
          arns: { function: `arn:aws:lambda:${home}:${account.id}:function:checkout` },
        },
        describe: async () => {
          const command = new GetFunctionConfigurationCommand({ FunctionName: 'checkout' });
          const { $metadata, LastModified, ...described } = await client.send(command);
          return described;
        },
      };
    },
  },
};
