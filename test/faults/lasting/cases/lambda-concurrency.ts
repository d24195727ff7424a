import type { FunctionSeed } from '#sandbox/lambda/function.ts';
import { optIn, type StrikeWorld } from '../a-strike-world.ts';
import type { FaultCase, StruckResource } from '../fault-case.ts';

const named =
  (seed: Omit<FunctionSeed, 'name'>) =>
  (world: StrikeWorld): StruckResource => {
    const { functions } = world.region;
    const checkout = functions.add({ name: 'checkout', tags: optIn, ...seed });
    return {
      find: () => world.find('checkout'),
      describe: () => ({ reserved: checkout.reserved, settings: checkout.settings }),
      isBroken: () => checkout.reserved !== undefined && checkout.reserved < 5,
      change: () => {
        checkout.reserved = 7;
      },
      delete: () => functions.delete('checkout'),
      setTags: (tags) => {
        checkout.tags = tags;
      },
    };
  };

export const faultCase: FaultCase = {
  variants: [
    { title: 'none reserved', parameters: { limit: 0, minutes: 5 }, create: named({}) },
    { title: 'some reserved', parameters: { limit: 0, minutes: 5 }, create: named({ reserved: 50 }) },
    { title: 'to a few', parameters: { limit: 1, minutes: 5 }, create: named({ reserved: 50 }) },
  ],
  unfit: [
    {
      title: 'throttled already',
      parameters: { limit: 1, minutes: 5 },
      reason: /throttled already/,
      create: named({ reserved: 0 }),
    },
    {
      title: 'with as many reserved',
      parameters: { limit: 2, minutes: 5 },
      reason: /2 executions are reserved/,
      create: named({ reserved: 2 }),
    },
    {
      title: 'with provisioned concurrency',
      parameters: { limit: 0, minutes: 5 },
      reason: /provisioned/,
      create: named({ provisioned: { live: 3 } }),
    },
    {
      title: 'where the pool has no more',
      parameters: { limit: 10, minutes: 5 },
      reason: /100 are required/,
      create: (world) => {
        world.region.functions.concurrency = 105;
        return named({})(world);
      },
    },
  ],
};
