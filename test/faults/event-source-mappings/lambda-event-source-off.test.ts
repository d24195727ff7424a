import { expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { aStrikeWorld, minuteMs, optIn } from '../lasting/a-strike-world.ts';

const fault = faults.get('lambda-event-source-off') as LastingFault;

function aMapping() {
  const world = aStrikeWorld(fault);
  const mapping = world.region.functions.map({
    functionName: 'checkout',
    eventSourceArn: 'arn:aws:sqs:eu-west-1:222222222222:orders',
    tags: optIn,
  });
  return { world, mapping };
}

test('leaves a mapping disabled that somebody else has disabled once more', async () => {
  const { world, mapping } = aMapping();
  const target = await world.find(mapping.uuid);
  const entry = await world.reserve(target, { minutes: 5 });
  expect(entry).toMatchObject({
    locks: [mapping.arn],
    hits: [mapping.arn, 'arn:aws:lambda:eu-west-1:222222222222:function:checkout'],
  });
  await world.inject(entry);
  await world.pass(6 * minuteMs);
  mapping.update(false);
  await world.janitors(1);
  expect(await world.openEntries()).toMatchObject([{ state: 'contested' }]);
  await world.pass(12 * minuteMs);
  expect(mapping.stateAt(world.clock.now())).toBe('Disabled');
});

test('leaves a mapping disabled that somebody else has disabled, where the answer to ours was lost', async () => {
  const { world, mapping } = aMapping();
  const entry = await world.reserve(await world.find(mapping.uuid), { minutes: 15 });
  world.sandbox.disruptions.loseAnswer({ action: 'lambda:UpdateEventSourceMapping' }, 100);
  await world.inject(entry);
  expect(await world.openEntries()).toMatchObject([{ saved: { oursSince: null } }]);
  await world.pass(8 * minuteMs);
  mapping.update(true);
  await world.pass(minuteMs);
  mapping.update(false);
  await world.pass(minuteMs);
  await world.janitors(8);
  expect(await world.openEntries()).toMatchObject([{ state: 'contested' }]);
  expect(mapping.stateAt(world.clock.now())).toBe('Disabled');
});
