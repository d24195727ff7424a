import { describe, expect, test } from 'vitest';
import { type LastingFault, NotInjected } from '#core/model/fault.ts';
import { aBreakableWorld, type BreakableWorld, type Fate } from './a-breakable-world.ts';
import { janitorRound, strikeOnce } from './strike-and-undo.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const minuteMs = 60_000;
const whole = { left: 'a', right: 'b' };
const stop = { reason: 'sale day', by: 'ann', at: '2026-11-23T09:00:00Z' };

const aWorld = (options: Partial<Parameters<typeof aBreakableWorld>[0]> = {}) =>
  aBreakableWorld({ ends: 'aws', stepsOfFault: 1, startsAt, ...options });
/** A process in which the calls of that name end so, counted from the first. */
const fated = (world: BreakableWorld, name: string, fates: readonly Fate[], lateByMs = 0) => {
  let calls = 0;
  return world.process((_, called) => {
    if (called !== name) return 'works';
    calls += 1;
    return fates[calls - 1] ?? 'works';
  }, lateByMs);
};
const healthy = (world: BreakableWorld) => world.process(() => 'works').world;
const rounds = async (world: BreakableWorld, minutes: number) => {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.pass(minuteMs);
    await janitorRound(healthy(world));
  }
};
/** A process whose fault differs in this. */
const withFault = (world: BreakableWorld, changed: Partial<LastingFault>) => {
  const ports = healthy(world);
  return {
    ...ports,
    faults: new Map([['settings', { ...ports.faults.get('settings'), ...changed } as never]]),
  };
};
const stateOf = async (world: BreakableWorld) => (await world.openEntries())[0]?.state;

describe('an injection', () => {
  test('is not made where the target has changed since it was prepared', async () => {
    const world = aWorld();
    world.setTo({ ...whole, left: 'c' });
    expect(await strikeOnce(healthy(world))).toBe('failed');
    expect(world.settings()).toStrictEqual({ left: 'c', right: 'b' });
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('that AWS answers late, under a stop, is undone all the same', async () => {
    const world = aWorld();
    const dying = fated(world, 'write', ['dies, late'], 4 * minuteMs);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    await world.ledger.setStop(stop);
    await rounds(world, 2);
    expect(await world.openEntries()).toHaveLength(1);
    await rounds(world, 9);
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('that AWS answers late, and shows later still, is undone all the same', async () => {
    const world = aWorld({ propagationMs: minuteMs });
    const dying = fated(world, 'write', ['dies, late'], 5 * minuteMs - 1_000);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    await rounds(world, 10);
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('that was never sent is withdrawn, whatever somebody has changed meanwhile', async () => {
    const world = aWorld();
    const dying = fated(world, 'ledger changeUndo', ['dies before']);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    expect(await stateOf(world)).toBe('reserved');
    world.setTo({ ...whole, left: 'c' });
    await rounds(world, 11);
    expect(world.settings()).toStrictEqual({ left: 'c', right: 'b' });
    expect(await world.openEntries()).toStrictEqual([]);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'withdrawn' }]);
  });

  test('whose entry was closed while its schedule was being made leaves no schedule behind', async () => {
    const world = aWorld({ ends: 'schedule' });
    const run = healthy(world);
    const arm: typeof run.reach.arm = async (...given) => {
      world.pass(11 * minuteMs);
      await janitorRound(healthy(world));
      return run.reach.arm(...given);
    };
    expect(await strikeOnce({ ...run, reach: { ...run.reach, arm } })).toBe('failed');
    expect(await world.openEntries()).toStrictEqual([]);
    expect(world.scheduled.size).toBe(0);
  });

  test('of which the schedule is refused has failed, and is withdrawn', async () => {
    const world = aWorld({ ends: 'schedule' });
    expect(await strikeOnce(fated(world, 'arm', ['refused']).world)).toBe('failed');
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'withdrawn' }]);
  });

  test('that was never sent is not withdrawn before its run must have ended, by whatever clock', async () => {
    const world = aWorld({ ends: 'schedule' });
    const dying = fated(world, 'arm', ['dies, late'], 9 * minuteMs);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    await rounds(world, 8);
    expect(await stateOf(world)).toBe('reserved');
    await rounds(world, 4);
    expect(await world.openEntries()).toStrictEqual([]);
    expect(world.scheduled.size).toBe(0);
  });

  test('under way is left to its run, which may be alive', async () => {
    const world = aWorld();
    const dying = fated(world, 'write', ['dies after']);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    await janitorRound(healthy(world));
    expect(await stateOf(world)).toBe('injecting');
  });

  test('whose run has died is undone at its deadline, though the run may seem alive', async () => {
    const world = aWorld({ ends: 'schedule' });
    const dying = fated(world, 'write', ['dies after']);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    world.pass(3 * minuteMs);
    await janitorRound(healthy(world));
    expect(world.isBroken()).toBe(true);
    world.pass(1_000);
    await janitorRound(healthy(world));
    expect(world.isBroken()).toBe(false);
    expect(await world.openEntries()).toHaveLength(1);
    await rounds(world, 8);
    expect(await world.openEntries()).toStrictEqual([]);
    expect((await world.ledger.openStrikes()).found).toMatchObject([
      { state: 'succeeded', detail: 'settings was in place' },
    ]);
  });

  test('that never took effect is no success, though it is undone', async () => {
    const world = aWorld();
    const dying = fated(world, 'write', ['dies before']);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    await world.ledger.setStop(stop);
    await rounds(world, 12);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'undone' }]);
    expect((await world.ledger.openStrikes()).found).toStrictEqual([]);
  });

  test('whose step is not noted, as somebody has undone it meanwhile, goes no further', async () => {
    const world = aWorld({ stepsOfFault: 2 });
    const run = world.process((_, name) => {
      // The first note comes after two changes: that of the injection, and the janitor's.
      if (name === 'write') void world.ledger.setStop(stop);
      return 'works';
    });
    const struck = strikeOnce({
      ...run.world,
      ledger: {
        ...run.world.ledger,
        claim: run.world.ledger.claim,
        begin: run.world.ledger.begin,
        settle: run.world.ledger.settle,
        endUndo: run.world.ledger.endUndo,
        changeUndo: async (entry, changes) => {
          if (changes.saved !== undefined) await janitorRound(healthy(world));
          return run.world.ledger.changeUndo(entry, changes);
        },
      },
    });
    expect(await struck).toBe('unknown');
    expect(world.settings()).toStrictEqual(whole);
    await rounds(world, 12);
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('is not withdrawn by a janitor whose clock is ahead of that of its run', async () => {
    const world = aWorld({ propagationMs: minuteMs });
    const dying = fated(world, 'write', ['dies, late'], 30_000);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    world.pass(15_000);
    const { clock, ...ports } = healthy(world);
    await janitorRound({ ...ports, clock: { ...clock, now: () => clock.now() + 8 * minuteMs } });
    expect(await world.openEntries()).toHaveLength(1);
    await rounds(world, 14);
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('of which nothing came, though AWS accepted it, is withdrawn', async () => {
    const world = aWorld();
    const inject = async () => {
      throw new NotInjected('the instance skipped it');
    };
    expect(await strikeOnce(withFault(world, { inject }))).toBe('failed');
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'withdrawn' }]);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('can wait, and knows the time', async () => {
    const world = aWorld();
    const inject: LastingFault['inject'] = async ({ now, sleep, strike }) => {
      await sleep(Date.parse(strike.deadline) - now() - 1);
    };
    await strikeOnce(withFault(world, { inject }));
    expect(world.now()).toBe(startsAt + 3 * minuteMs - 1);
  });

  test('whose answer is lost counts as made where it shows', async () => {
    const world = aWorld();
    expect(await strikeOnce(fated(world, 'write', ['answer lost']).world)).toBe('succeeded');
    expect(await stateOf(world)).toBe('active');
  });

  test('of which a second step is refused is undone at once', async () => {
    const world = aWorld({ stepsOfFault: 2 });
    expect(await strikeOnce(fated(world, 'write', ['works', 'refused']).world)).toBe('failed');
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
  });
});

describe('an undo', () => {
  const struck = async (options: Parameters<typeof aWorld>[0] = {}) => {
    const world = aWorld(options);
    await strikeOnce(healthy(world));
    world.pass(3 * minuteMs + 1_000);
    return world;
  };

  test('leaves what somebody else has set meanwhile, and keeps the lock', async () => {
    const world = await struck();
    world.setTo({ ...whole, left: 'c' });
    await rounds(world, 3);
    expect(world.settings()).toStrictEqual({ left: 'c', right: 'b' });
    expect(await world.openEntries()).toMatchObject([
      { state: 'contested', problem: 'somebody else has changed it since' },
    ]);
  });

  test('is read back with what it has noted', async () => {
    const world = await struck();
    let undos = 0;
    const fault = withFault(world, {
      undo: async ({ note, now }) => {
        undos += 1;
        await note({ left: `undone by ${now()}` });
        return { outcome: 'undone' };
      },
      observe: async (_aws, _target, saved) =>
        (saved as { readonly left: string }).left.startsWith('undone') ? 'before' : 'ours',
    });
    await janitorRound(fault);
    expect(undos).toBe(1);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'undone' }]);
  });

  test('is not contested while what somebody did before may still hide the fault', async () => {
    const world = aWorld({ ends: 'schedule', propagationMs: minuteMs });
    world.setTo({ ...whole, left: 'c' });
    world.pass(minuteMs - 1);
    expect(await strikeOnce(healthy(world))).toBe('unknown');
    expect(await stateOf(world)).toBe('undoing');
    expect(world.scheduled.size).toBe(1);
    await rounds(world, 4);
    expect(world.hasResidue()).toBe(false);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('of a target that somebody changed while its run was dead is contested', async () => {
    const world = aWorld();
    const dying = fated(world, 'write', ['dies after']);
    await Promise.race([strikeOnce(dying.world), dying.death]);
    world.setTo({ ...whole, left: 'c' });
    await rounds(world, 11);
    expect(world.settings()).toStrictEqual({ left: 'c', right: 'b' });
    expect(await stateOf(world)).toBe('contested');
  });

  test('is not done before AWS shows it', async () => {
    const world = await struck({ propagationMs: minuteMs });
    const writes: string[] = [];
    const janitor = world.process((_, name) => {
      writes.push(name);
      return 'works';
    });
    await janitorRound(janitor.world);
    expect(writes.filter((name) => name === 'write').length).toBeGreaterThan(0);
    expect(await stateOf(world)).toBe('undoing');
    await rounds(world, 2);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('soon after the injection is not done while AWS may not show that yet', async () => {
    const world = aWorld({ propagationMs: minuteMs });
    await strikeOnce(healthy(world));
    // By a stale look nothing of the fault is there.
    await world.ledger.setStop(stop);
    world.pass(10_000);
    await janitorRound(healthy(world));
    expect(await world.openEntries()).toHaveLength(1);
    await rounds(world, 8);
    expect(world.settings()).toStrictEqual(whole);
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('closes nothing before the schedule that would end it is gone', async () => {
    const world = await struck({ ends: 'schedule' });
    await janitorRound(fated(world, 'disarm', ['refused']).world);
    expect(await world.openEntries()).toMatchObject([{ state: 'undo-failed', attempts: 1 }]);
    await rounds(world, 2);
    expect(await world.openEntries()).toStrictEqual([]);
    expect(world.scheduled.size).toBe(0);
  });

  test('that AWS refuses is tried again ever less often, and at once when it is ordered', async () => {
    const world = await struck();
    const refusing = () => fated(world, 'write', ['refused', 'refused', 'refused']).world;
    await janitorRound(refusing());
    const [first] = await world.openEntries();
    const failingSince = new Date(world.now()).toISOString();
    expect(first).toMatchObject({ state: 'undo-failed', attempts: 1, failingSince });
    expect(first?.problem).toBe('AccessDeniedException: AccessDeniedException');
    const delays: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const [before] = await world.openEntries();
      const next = Date.parse(before?.nextAttemptAt ?? '');
      delays.push((next - world.now()) / minuteMs);
      world.pass(next - world.now() - 1);
      await janitorRound(refusing());
      expect(await world.openEntries()).toStrictEqual([before]);
      world.pass(1);
      await janitorRound(refusing());
      expect(await world.openEntries()).toMatchObject([{ attempts: round + 2, failingSince }]);
    }
    expect(delays).toStrictEqual([1, 2, 4, 8, 15, 15]);
    // A stop stays set: under it, the other rounds would try nothing else.
    await world.ledger.setStop(stop);
    await janitorRound(healthy(world));
    expect(await world.openEntries()).toMatchObject([{ attempts: 7 }]);
    await janitorRound(healthy(world), { all: true });
    expect(await world.openEntries()).toStrictEqual([]);
  });

  test('of a target that is gone is over', async () => {
    const world = await struck({ ends: 'schedule' });
    world.setTo(undefined);
    await janitorRound(healthy(world));
    expect(await world.openEntries()).toStrictEqual([]);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'gone' }]);
  });
});
