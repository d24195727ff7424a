import { describe, expect, test } from 'vitest';
import type { SandboxCall } from '#sandbox/call.ts';
import { aStrikeWorld, minuteMs, optIn } from './a-strike-world.ts';
import { faultCases } from './fault-cases.ts';

const variants = faultCases.flatMap(({ fault, name, faultCase }) =>
  faultCase.variants.map((variant) => ({ fault, name, title: variant.title, variant })),
);

const isWrite = ({ action }: SandboxCall) => !/:(Get|List|Describe|Assume)/.test(action);

describe.each(variants)('$name, $title', ({ fault, variant: { parameters, create } }) => {
  const struck = async () => {
    const world = aStrikeWorld(fault);
    const resource = create(world);
    const before = resource.describe();
    const target = await resource.find();
    const outcome = await world.strike(target, parameters);
    return { world, resource, before, target, outcome };
  };
  /** Until the janitor has undone what was due at the deadline, with all that AWS takes to show it. */
  const toTheEnd = 5 + 4;

  test('is injected, and undone exactly', async () => {
    const { world, resource, before, outcome } = await struck();
    expect(outcome.outcome).toBe('succeeded');
    await world.pass(fault.propagationMs);
    expect(await resource.isBroken()).toBe(true);
    expect(await world.openEntries()).toMatchObject([{ state: 'active' }]);
    await world.janitors(toTheEnd);
    expect(resource.describe()).toStrictEqual(before);
    expect(await resource.isBroken()).toBe(false);
    expect(await world.openEntries()).toStrictEqual([]);
    expect(world.region.schedules.all).toStrictEqual([]);
  });

  test('is undone at once under a stop, and again without a trace', async () => {
    const { world, resource, before } = await struck();
    await world.ledger.setStop({ reason: 'r', by: 'b', at: '2026-11-23T09:00:00Z' });
    await world.janitors(4);
    expect(resource.describe()).toStrictEqual(before);
    expect(await world.openEntries()).toStrictEqual([]);
    const writes = world.calls.filter(isWrite).length;
    await world.janitors(2);
    expect(world.calls.filter(isWrite)).toHaveLength(writes);
  });

  test('is not injected where somebody has changed the target meanwhile', async () => {
    const world = aStrikeWorld(fault);
    const resource = create(world);
    const entry = await world.reserve(await resource.find(), parameters);
    resource.change('before');
    const changed = resource.describe();
    await world.pass(fault.propagationMs);
    const { outcome } = await world.inject(entry);
    if (resource.changeStandsBeside === true) return;
    expect(outcome).toBe('failed');
    expect(resource.describe()).toStrictEqual(changed);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('leaves what somebody else has changed while it was active', async () => {
    const { world, resource } = await struck();
    await world.pass(fault.propagationMs);
    resource.change('active');
    const changed = resource.describe();
    await world.janitors(toTheEnd);
    expect(await resource.isBroken()).toBe(false);
    const open = await world.openEntries();
    if (resource.changeStandsBeside === true) {
      expect(open).toStrictEqual([]);
      return;
    }
    // Nor does the schedule touch it.
    await world.pass(12 * minuteMs);
    expect(resource.describe()).toStrictEqual(changed);
    if (resource.changeEndsIt === true) {
      expect(open).toStrictEqual([]);
      return;
    }
    expect(open).toMatchObject([{ state: 'contested' }]);
    const [entry] = open;
    await world.janitor({ strikes: [entry?.id ?? ''], accept: true });
    expect(await world.openEntries()).toStrictEqual([]);
    expect(resource.describe()).toStrictEqual(changed);
  });

  test('is over where the target is gone', async () => {
    const { world, resource } = await struck();
    resource.delete();
    await world.janitors(toTheEnd);
    expect(await world.openEntries()).toStrictEqual([]);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'gone' }]);
  });

  test('ends by itself where nobody of ours is left', async () => {
    const { world, resource } = await struck();
    await world.pass(5 * minuteMs + (fault.ends.by === 'schedule' ? 12 * minuteMs : 0));
    expect(await resource.isBroken()).toBe(false);
  });

  test('is undone where its group has opted out meanwhile', async () => {
    const { world, resource, before } = await struck();
    resource.setTags({ 'chaos:opt-in': 'false' });
    await world.janitors(toTheEnd);
    expect(resource.describe()).toStrictEqual(before);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('is not undone without the tag, which is said, and undone once it is back', async () => {
    const { world, resource, before } = await struck();
    resource.setTags({});
    await world.janitors(6);
    if ((await world.openEntries()).length === 0) {
      // Nothing of the target itself is changed.
      expect(resource.describe()).toStrictEqual(before);
      return;
    }
    expect(await world.openEntries()).toMatchObject([
      { state: 'undo-failed', problem: expect.stringMatching(/not authorized/) },
    ]);
    resource.setTags(optIn);
    await world.janitors(20);
    expect(resource.describe()).toStrictEqual(before);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('holds its locks: nothing else is injected into what it affects', async () => {
    const { world, target } = await struck();
    const [held] = await world.openEntries();
    const prepared = { saved: held?.saved, locks: held?.locks ?? [], hits: [] };
    const other = { ...target, group: `${target.group}-other` };
    await expect(world.reserveAs(other, parameters, prepared, 'run-2')).rejects.toThrow('locked');
  });

  test('is undone whichever call is throttled or unanswered', async () => {
    const counting = await struck();
    await counting.world.janitors(toTheEnd);
    const total = counting.world.calls.length;
    for (const how of ['throttle', 'loseAnswer', 'deny'] as const) {
      for (let at = 0; at < total; at += 1) {
        const world = aStrikeWorld(fault);
        const resource = create(world);
        const before = resource.describe();
        let calls = 0;
        const isIt = () => {
          calls += 1;
          return calls - 1 === at;
        };
        world.sandbox.disruptions[how](isIt);
        await resource
          .find()
          .then((target) => world.strike(target, parameters))
          .catch(() => {});
        await world.janitors(25);
        expect({ how, at, after: resource.describe() }).toStrictEqual({ how, at, after: before });
        expect(await world.openEntries()).toStrictEqual([]);
        expect(world.region.schedules.all).toStrictEqual([]);
      }
    }
  });

  test.each(['before', 'after'] as const)('is undone if its run dies %s any of its calls', async (how) => {
    const counting = await struck();
    for (let call = 0; call < counting.world.calls.length; call += 1) {
      const world = aStrikeWorld(fault);
      const resource = create(world);
      const before = resource.describe();
      world.diesAt(call, how);
      await world.untilDeath(async () => world.strike(await resource.find(), parameters));
      await world.janitors(2 + 5 + 4);
      expect({ call, after: resource.describe() }).toStrictEqual({ call, after: before });
      expect(await world.openEntries()).toStrictEqual([]);
      expect(world.region.schedules.all).toStrictEqual([]);
    }
  });

  test.each(['before', 'after'] as const)(
    'is undone if the janitor dies %s any of its calls',
    async (how) => {
      const counting = await struck();
      const atDeadline = counting.world.calls.length;
      await counting.world.janitors(toTheEnd);
      for (let call = 0; call < counting.world.calls.length - atDeadline; call += 1) {
        const { world, resource, before } = await struck();
        await world.pass(5 * minuteMs + 1_000);
        // The process that has struck is not the janitor's.
        await world.untilDeath(async () => {});
        world.diesAt(call, how);
        await world.untilDeath(() => world.janitor());
        await world.janitors(4);
        expect({ call, after: resource.describe() }).toStrictEqual({ call, after: before });
        expect(await world.openEntries()).toStrictEqual([]);
        expect(world.region.schedules.all).toStrictEqual([]);
      }
    },
  );
});

describe.each(faultCases)('$name', ({ fault, faultCase }) => {
  test.each(faultCase.unfit.map((one) => ({ ...one })))('is unfit for a target $title', async (one) => {
    const world = aStrikeWorld(fault);
    const target = await one.create(world).find();
    const prepared = await world.prepare(target, one.parameters);
    expect(prepared).toStrictEqual({ unfit: expect.stringMatching(one.reason) });
    expect(world.calls.filter(isWrite)).toStrictEqual([]);
  });
});
