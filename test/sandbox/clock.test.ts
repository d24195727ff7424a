import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '#sandbox/clock.ts';

describe('VirtualClock, advanced by hand', () => {
  test('time stands still until it is advanced', async () => {
    const clock = new VirtualClock({ startsAt: 1_000 });
    let awake = false;
    const sleeper = clock.sleep(10).then(() => {
      awake = true;
    });
    await clock.advance(9);
    expect({ awake, now: clock.now() }).toEqual({ awake: false, now: 1_009 });
    await clock.advance(1);
    expect({ awake, now: clock.now() }).toEqual({ awake: true, now: 1_010 });
    await sleeper;
  });

  test('sleepers wake in the order of their times, and each sees its own', async () => {
    const clock = new VirtualClock({ startsAt: 0 });
    const woken: string[] = [];
    const sleepers = [30, 10, 20].map(async (ms) => {
      await clock.sleep(ms);
      woken.push(`${ms} at ${clock.now()}`);
    });
    await clock.advance(100);
    await Promise.all(sleepers);
    expect(woken).toEqual(['10 at 10', '20 at 20', '30 at 30']);
    expect(clock.now()).toBe(100);
  });

  test('sleepers with the same time wake in the order in which they fell asleep', async () => {
    const clock = new VirtualClock({ startsAt: 0 });
    const woken: string[] = [];
    const sleepers = ['first', 'second', 'third'].map(async (name) => {
      await clock.sleep(10);
      woken.push(name);
    });
    await clock.advance(10);
    await Promise.all(sleepers);
    expect(woken).toEqual(['first', 'second', 'third']);
  });

  test('a sleeper that sleeps again wakes again during the same advance', async () => {
    const clock = new VirtualClock({ startsAt: 0 });
    const times: number[] = [];
    const ticker = (async () => {
      for (let tick = 0; tick < 3; tick += 1) {
        await clock.sleep(10);
        times.push(clock.now());
      }
    })();
    await clock.advance(25);
    expect(times).toEqual([10, 20]);
    await clock.advance(5);
    expect(times).toEqual([10, 20, 30]);
    await ticker;
  });
});

describe('VirtualClock, jumping', () => {
  test('a long sleep is over at once, and its time has passed', async () => {
    const clock = new VirtualClock({ startsAt: 0, jumps: true });
    await clock.sleep(86_400_000);
    expect(clock.now()).toBe(86_400_000);
  });

  test('concurrent sleepers take no longer than the longest of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        async (sleepers) => {
          const clock = new VirtualClock({ startsAt: 0, jumps: true });
          const ends = await Promise.all(
            sleepers.map(async (naps) => {
              for (const ms of naps) await clock.sleep(ms);
              return clock.now();
            }),
          );
          const sums = sleepers.map((naps) => naps.reduce((sum, ms) => sum + ms, 0));
          expect(ends).toEqual(sums);
          expect(clock.now()).toBe(Math.max(...sums));
        },
      ),
    );
  });

  test('it can also be advanced by hand', async () => {
    const clock = new VirtualClock({ startsAt: 0, jumps: true });
    await clock.advance(50);
    expect(clock.now()).toBe(50);
  });
});

describe('a sleep that ends early', () => {
  test('is over at once, and no longer makes the clock jump', async () => {
    const clock = new VirtualClock({ startsAt: 0, jumps: true });
    const over = new AbortController();
    const early = clock.sleep(1_000, over.signal);
    over.abort();
    await early;
    await clock.sleep(10);
    expect(clock.now()).toBe(10);
    await clock.sleep(5_000, over.signal);
    expect(clock.now()).toBe(10);
  });
});
