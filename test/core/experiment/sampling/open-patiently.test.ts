import { describe, expect, test } from 'vitest';
import { openPatiently } from '#core/experiment/sampling/open-patiently.ts';
import type { Prober } from '#core/ports/probe.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { probeMeans } from '../../../support/a-probe.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const never = new AbortController().signal;

/** Opens as often as `outcomes` say, one after the other, and then well. */
function aProbe(...outcomes: readonly (Error | 'hangs')[]) {
  const clock = new VirtualClock({ startsAt, jumps: true });
  const seen = { opened: [] as number[], closed: 0 };
  const hanging = Promise.withResolvers<void>();
  const prober: Prober = {
    measure: async () => ({ is: 'good' }),
    close: async () => {
      seen.closed += 1;
    },
  };
  const open = async () => {
    const outcome = outcomes[seen.opened.push(clock.now() - startsAt) - 1];
    if (outcome === 'hangs') await hanging.promise;
    else if (outcome !== undefined) throw outcome;
    return prober;
  };
  const isPassing = (error: unknown) => error instanceof Error && error.message === 'Rate exceeded';
  const opened = openPatiently(open, probeMeans(clock, { isPassing }));
  return { ...{ clock, seen, opened, prober }, answer: () => hanging.resolve() };
}

const throttled = new Error('Rate exceeded');

describe('a probe that', () => {
  test('opens at once is what it is', async () => {
    const { opened, prober, seen, clock } = aProbe();
    expect(await opened).toBe(prober);
    expect(seen.opened).toEqual([0]);
    expect(clock.now()).toBe(startsAt);
  });

  test('AWS is too busy for is unmeasured until it opens', async () => {
    const { opened, seen, clock } = aProbe(...Array.from({ length: 6 }, () => throttled));
    const prober = await opened;
    expect(clock.now()).toBe(startsAt);
    await expect(prober.measure(0, never)).rejects.toThrow('it cannot be opened: Rate exceeded');
    await clock.sleep(60_000);
    expect(await prober.measure(0, never)).toEqual({ is: 'good' });
    expect(seen.opened).toEqual([0, 1_000, 3_000, 7_000, 15_000, 23_000, 31_000]);
    await prober.close();
    expect(seen.closed).toBe(1);
  });

  test('does not answer is waited for no longer than 3 s, and used once it does', async () => {
    const { opened, clock, answer, prober: late } = aProbe('hangs');
    const prober = await opened;
    expect(clock.now()).toBe(startsAt + 3_000);
    await expect(prober.measure(0, never)).rejects.toThrow('it cannot be opened: no answer yet');
    answer();
    await clock.sleep(1);
    expect(await prober.measure(0, never)).toEqual(await late.measure(0, never));
  });

  test('is refused for good fails, or stays unmeasured where it was busy before', async () => {
    await expect(aProbe(new Error('denied')).opened).rejects.toThrow('denied');
    const { opened, seen, clock } = aProbe(throttled, new Error('denied'));
    const prober = await opened;
    await clock.sleep(60_000);
    await expect(prober.measure(0, never)).rejects.toThrow('it cannot be opened: denied');
    expect(seen.opened).toEqual([0, 1_000]);
  });

  test('is closed before it opened is opened no more, and closed if it does', async () => {
    const busy = aProbe(throttled, throttled);
    await (await busy.opened).close();
    await busy.clock.sleep(60_000);
    expect(busy.seen).toEqual({ opened: [0], closed: 0 });
    const slow = aProbe('hangs');
    await (await slow.opened).close();
    slow.answer();
    await slow.clock.sleep(1);
    expect(slow.seen.closed).toBe(1);
  });
});
