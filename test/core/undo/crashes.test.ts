import { describe, expect, test } from 'vitest';
import { aBreakableWorld, type Fate } from './a-breakable-world.ts';
import { janitorRound, strikeOnce } from './strike-and-undo.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const minuteMs = 60_000;
const works = (): Fate => 'works';
const diesAt =
  (at: number, fate: Fate) =>
  (call: number): Fate =>
    call === at ? fate : 'works';

const variants = [
  { ends: 'aws', stepsOfFault: 1 },
  { ends: 'schedule', stepsOfFault: 1 },
  { ends: 'schedule', stepsOfFault: 2 },
  { ends: 'aws', stepsOfFault: 2, propagationMs: 60_000 },
] as const;
const fates: readonly Fate[] = ['dies before', 'dies after', 'dies, late'];

describe.each(variants)('a fault of $stepsOfFault steps that is ended by $ends', (variant) => {
  const aWorld = () => aBreakableWorld({ ...variant, startsAt });

  test('nothing dies: it is in place, and undone at its deadline', async () => {
    const world = aWorld();
    const { world: run } = world.process(works);
    expect(await strikeOnce(run)).toBe('succeeded');
    expect(world.isBroken()).toBe(true);
    const [entry] = await world.openEntries();
    world.pass(Date.parse(entry?.deadline ?? '') - world.now());
    await janitorRound(world.process(works).world);
    expect(world.hasResidue()).toBe(true);
    world.pass(1_000);
    await janitorRound(world.process(works).world);
    expect(world.hasResidue()).toBe(false);
    world.pass(minuteMs);
    await janitorRound(world.process(works).world);
    await expectWhole(world);
  });

  test.each(fates)('its run %s at any call: nothing stays broken', async (fate) => {
    const calls = await callsOf((world) => strikeOnce(world.process(works).world), aWorld);
    expect(calls).toBeGreaterThan(6);
    for (let at = 0; at < calls; at += 1) {
      const world = aWorld();
      const dying = world.process(diesAt(at, fate), 4 * minuteMs);
      expect(await Promise.race([strikeOnce(dying.world), dying.death])).toBe('died');
      await expectRepaired(world);
    }
  });

  test.each(fates)('the janitor %s at any call: nothing stays broken', async (fate) => {
    const struck = async () => {
      const world = aWorld();
      await strikeOnce(world.process(works).world);
      world.pass(3 * minuteMs + 1_000);
      return world;
    };
    const healthy = await struck();
    const counted = healthy.process(works);
    await janitorRound(counted.world);
    expect(counted.calls()).toBeGreaterThan(6);
    for (let at = 0; at < counted.calls(); at += 1) {
      const world = await struck();
      const dying = world.process(diesAt(at, fate), minuteMs / 2);
      expect(await Promise.race([janitorRound(dying.world), dying.death])).toBe('died');
      await expectRepaired(world);
    }
  });

  test('the janitor is dead for good: whatever was injected ends by itself', async () => {
    const calls = await callsOf((world) => strikeOnce(world.process(works).world), aWorld);
    for (const fate of ['works', ...fates] as const) {
      for (let at = 0; at < calls; at += 1) {
        const world = aWorld();
        const dying = world.process(diesAt(at, fate), minuteMs / 2);
        await Promise.race([strikeOnce(dying.world), dying.death]);
        world.pass(3 * minuteMs + 10 * minuteMs + minuteMs);
        expect({ fate, at, isBroken: world.isBroken() }).toStrictEqual({ fate, at, isBroken: false });
      }
    }
  });

  async function callsOf(act: (world: ReturnType<typeof aWorld>) => Promise<unknown>, make: typeof aWorld) {
    const world = make();
    const counting = world.process(works);
    const counted = { ...world, process: () => counting };
    await act(counted);
    return counting.calls();
  }
});

type World = ReturnType<typeof aBreakableWorld>;

/** Rounds of the janitor, a minute apart, until all must be done. At every moment somebody knows of whatever is broken. */
async function expectRepaired(world: World): Promise<void> {
  for (let minute = 0; minute < 20; minute += 1) {
    if (world.isBroken()) {
      const known = (await world.openEntries()).length > 0 || world.scheduled.size > 0;
      expect(known).toBe(true);
    }
    world.pass(minuteMs);
    await janitorRound(world.process(works).world);
  }
  await expectWhole(world);
}

async function expectWhole(world: World): Promise<void> {
  expect(world.settings()).toStrictEqual({ left: 'a', right: 'b' });
  expect(await world.openEntries()).toStrictEqual([]);
  expect(world.scheduled.size).toBe(0);
  const { found } = await world.ledger.openStrikes();
  // None is left without an outcome: one that was in place waits for its group's recovery.
  expect(found.every(({ state, undoneAt }) => state === 'succeeded' && undoneAt !== undefined)).toBe(true);
}
