import { randomUUID } from 'node:crypto';
import {
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { parseFailures } from '#layer/parse-failures.ts';
import type { ParameterSeed } from '#sandbox/ssm/parameters.ts';
import { home } from '../../contract/aws/aws-under-test.ts';
import { optIn, type StrikeWorld } from './a-strike-world.ts';
import type { FaultCase, OnMoto, StruckResource } from './fault-case.ts';

export const parameterName = '/chaos/failures/checkout';
const name = parameterName;
const own = { ...optIn, 'chaos:function': 'checkout' };

/** A function with the layer, and its parameter. */
export const attached =
  (seed: Partial<ParameterSeed> = {}) =>
  (world: StrikeWorld): StruckResource => {
    const { functions, parameters } = world.region;
    const environment = { CHAOS_FAILURE_PARAMETER: name, DATABASE_PASSWORD: 'hunter2' };
    const checkout = functions.add({ name: 'checkout', tags: optIn, environment });
    parameters.put({ name, value: '{}', type: 'String', tags: own, ...seed });
    const found = () => parameters.get(name) ?? { value: '', type: 'String' as const };
    const put = (changes: Partial<ParameterSeed>) => {
      const { value, type } = found();
      parameters.put({ name, value, type, ...changes });
    };
    return {
      find: () => world.find('checkout'),
      describe: () => ({ value: found().value, type: found().type }),
      isBroken: () => isInjecting(found().value, world.clock.now()),
      change: () => put({ value: '{"latency":{"enabled":false}}' }),
      delete: () => {
        functions.delete('checkout');
        parameters.delete(name);
      },
      setTags: (tags) => {
        checkout.tags = tags;
        put({ tags: 'chaos:opt-in' in tags ? { ...own, ...tags } : tags });
      },
    };
  };

const createOnMoto: OnMoto['create'] = async (account, clients) => {
  const ssm = clients(SSMClient, account.scope());
  const Name = `/chaos/failures/${randomUUID()}`;
  const Tags = [{ Key: 'chaos:function', Value: 'checkout' }];
  await ssm.send(new PutParameterCommand({ Name, Value: '{ }', Type: 'String', Tags }));
  return {
    target: {
      id: 'checkout',
      arns: { parameter: `arn:aws:ssm:${home}:${account.id}:parameter${Name}` },
      facts: { failureParameter: Name },
    },
    describe: async () => {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
      const { TagList } = await ssm.send(
        new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: Name }),
      );
      return { value: Parameter?.Value, type: Parameter?.Type, tags: TagList };
    },
  };
};

/** Whether the layer injects anything. */
function isInjecting(value: string, now: number): boolean {
  const failures = parseFailures(value);
  if (failures === undefined) return false;
  const { strike: _, expiresAt, ...flags } = failures;
  return (
    Date.parse(expiresAt) > now &&
    Object.values<{ readonly enabled: boolean } | undefined>(flags).some((flag) => flag?.enabled === true)
  );
}

/** What the contract needs to know about a fault of the failure layer. */
export function layerCase(parameters: object): FaultCase {
  const given = { ...parameters, minutes: 5 };
  const unfit = (
    title: string,
    reason: RegExp,
    create: (world: StrikeWorld) => Pick<StruckResource, 'find'>,
  ) => ({
    title,
    parameters: given,
    reason,
    create,
  });
  const withoutParameter = (environment: Readonly<Record<string, string>>) => (world: StrikeWorld) => {
    world.region.functions.add({ name: 'checkout', tags: optIn, environment });
    return { find: () => world.find('checkout') };
  };
  return {
    onMoto: { parameters: given, create: createOnMoto },
    variants: [
      { title: 'where nothing was injected before', parameters: given, create: attached() },
      {
        title: 'where all is switched off',
        parameters: given,
        create: attached({ value: '{ "latency": { "enabled": false, "note": "it\'s off" } }\n' }),
      },
    ],
    unfit: [
      unfit('without the layer', /the failure layer is not attached/, withoutParameter({})),
      unfit(
        'with a parameter elsewhere',
        /the failure layer is not attached/,
        withoutParameter({ CHAOS_FAILURE_PARAMETER: '/prod/database-password' }),
      ),
      unfit(
        'with a version of a parameter',
        /the failure layer is not attached/,
        withoutParameter({ CHAOS_FAILURE_PARAMETER: `${name}:3` }),
      ),
      unfit(
        'that injects already',
        /injects already: latency is enabled/,
        attached({ value: '{"strike":"s","expiresAt":"2026-11-23T08:00:00Z","latency":{"enabled":true}}' }),
      ),
      unfit(
        "with a flag of failure-lambda's",
        /corruption is enabled/,
        attached({ value: '{"corruption":{"enabled":true}}' }),
      ),
      unfit('with a parameter of other text', /not JSON/, attached({ value: 'hunter2' })),
      unfit('with a secret parameter', /is a SecureString/, attached({ type: 'SecureString' })),
      unfit(
        'with the parameter of another',
        /another function: cart/,
        attached({ tags: { ...own, 'chaos:function': 'cart' } }),
      ),
      unfit('with a parameter of nobody', /has no tag chaos:function=checkout/, attached({ tags: optIn })),
    ],
  };
}
