import { describe, expect, test } from 'vitest';
import { undoDue } from '#core/undo/undo-due.ts';
import { aBreakableWorld, type BreakableWorld } from './a-breakable-world.ts';
import { janitorRound, strikeOnce } from './strike-and-undo.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const minuteMs = 60_000;
const whole = { left: 'a', right: 'b' };
const healthy = (world: BreakableWorld) => world.process(() => 'works').world;
const aWorld = () => aBreakableWorld({ ends: 'schedule', stepsOfFault: 1, startsAt });

/** A run beside which something happens while its schedule is being made: nothing of its fault was sent. */
function runBeside(world: BreakableWorld, beside: () => Promise<unknown>) {
  const run = healthy(world);
  const arm: typeof run.reach.arm = async (...given) => {
    await beside();
    return run.reach.arm(...given);
  };
  return { ...run, reach: { ...run.reach, arm } };
}

describe('an order to undo all', () => {
  test('keeps a run from what it is about to inject, which closes the entry itself', async () => {
    const world = aWorld();
    const run = runBeside(world, () => janitorRound(healthy(world), { all: true }));
    expect(await strikeOnce(run)).toBe('failed');
    expect(world.settings()).toStrictEqual(whole);
    expect(world.scheduled.size).toBe(0);
    expect(await world.openEntries()).toStrictEqual([]);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'withdrawn' }]);
  });

  test('says until when it is open where that run has died', async () => {
    const world = aWorld();
    const dying = world.process((_, name) => (name === 'arm' ? 'dies, late' : 'works'), 8 * minuteMs);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    const [{ abandonedAfter } = { abandonedAfter: 0 }] = await world.openEntries();
    const run = { runId: 'undo', deadline: startsAt + minuteMs, surveyBy: startsAt + minuteMs };
    expect(await undoDue({ all: true }, run, healthy(world))).toMatchObject({
      strikes: [{ outcome: 'waits', notBefore: new Date(abandonedAfter + 5 * minuteMs).toISOString() }],
      open: 1,
    });
    for (let minute = 0; minute < 12; minute += 1) {
      world.pass(minuteMs);
      await janitorRound(healthy(world), { all: true });
    }
    expect(await world.openEntries()).toStrictEqual([]);
    expect(world.scheduled.size).toBe(0);
  });

  test('changes an entry that it has taken no more', async () => {
    const world = aWorld();
    const dying = world.process((_, name) => (name === 'arm' ? 'dies before' : 'works'));
    await Promise.race([strikeOnce(dying.world), dying.death]);
    await janitorRound(healthy(world), { all: true });
    const taken = await world.openEntries();
    expect(taken).toMatchObject([{ state: 'reserved', revision: 1 }]);
    await janitorRound(healthy(world), { all: true });
    expect(await world.openEntries()).toStrictEqual(taken);
  });
});

describe('an alarm', () => {
  const round = (world: BreakableWorld, order: { readonly watch?: boolean }) => {
    const { clock, ...ports } = healthy(world);
    let sleeps = 0;
    const sleep = async (ms: number) => {
      await clock.sleep(ms);
      sleeps += 1;
      if (sleeps === 3) await strikeOnce(healthy(world));
    };
    const deadline = startsAt + 4 * minuteMs;
    const run = { runId: 'alarm', deadline, surveyBy: deadline };
    return undoDue({ all: true, ...order }, run, { ...ports, clock: { ...clock, sleep } });
  };

  test('undoes what a run claims within the same round', async () => {
    const world = aWorld();
    expect(await round(world, { watch: true })).toMatchObject({ strikes: [{ outcome: 'ended' }], open: 0 });
    expect(world.settings()).toStrictEqual(whole);
    expect(world.now()).toBeGreaterThan(startsAt + 3.8 * minuteMs);
  });

  test('unlike an order, which does not wait for what may come', async () => {
    const world = aWorld();
    expect(await round(world, {})).toMatchObject({ strikes: [] });
    expect(world.now()).toBe(startsAt);
  });
});
