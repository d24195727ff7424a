import { expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { aStrikeWorld, minuteMs, optIn } from '../lasting/a-strike-world.ts';

const fault = faults.get('lambda-configure') as LastingFault;
const both = { memoryMb: 128, timeoutSeconds: 1, minutes: 5 };

async function struck() {
  const world = aStrikeWorld(fault);
  const checkout = world.region.functions.add({
    ...{ name: 'checkout', tags: optIn, environment: { TOKEN: 'hidden' } },
    settings: { memorySize: 1_024, timeout: 30 },
  });
  return { world, checkout, target: await world.find('checkout') };
}

test('takes back what is still its own, and leaves what somebody else has changed', async () => {
  const { world, checkout, target } = await struck();
  await world.strike(target, both);
  await world.pass(minuteMs);
  checkout.update({ memorySize: 2_048 });
  await world.janitors(6);
  expect(checkout.settings).toMatchObject({ memorySize: 2_048, timeout: 30 });
  expect(await world.openEntries()).toMatchObject([{ state: 'contested' }]);
});

test('is not injected into a function of which anything else has changed meanwhile', async () => {
  const { world, checkout, target } = await struck();
  const entry = await world.reserve(target, both);
  checkout.update({ handler: 'new.handler' });
  await world.pass(minuteMs / 2);
  expect(await world.inject(entry)).toMatchObject({
    outcome: 'failed',
    detail: expect.stringMatching(/Revision/),
  });
  expect(checkout.settings).toMatchObject({ memorySize: 1_024, timeout: 30 });
});

test('saves nothing of the function but what it changes', async () => {
  const { world, target } = await struck();
  const { saved } = await world.reserve(target, { ...both, timeoutSeconds: null });
  expect(saved).toEqual({
    before: { MemorySize: 1_024 },
    ours: { MemorySize: 128 },
    revision: expect.any(String),
  });
});
