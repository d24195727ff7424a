import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueMoments } from '#core/experiment/sampling/due-moments.ts';
import { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import { openSampler } from '#core/experiment/sampling/open-sampler.ts';
import type { ProbeSpec } from '#core/model/experiment.ts';
import type { Sample } from '#core/model/sample.ts';
import type { Measurement, Probe } from '#core/ports/probe.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { aProbe, aProbeSpec, probeMeans } from '../../../support/a-probe.ts';

const monday = Date.parse('2026-11-23T09:00:00Z');
const good: Measurement = { is: 'good' };
const virtualClock = () => new VirtualClock({ startsAt: monday, jumps: true });

async function listAll<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

function open(probe: Probe, clock: VirtualClock, spec: Partial<ProbeSpec> = {}) {
  const parts = { means: probeMeans(clock), lag: new LagWatch(), seed: 'run' };
  return openSampler(probe, aProbeSpec(spec), parts);
}

async function samplesOf(
  probe: Probe,
  clock: VirtualClock,
  { seconds = 10, from = monday, ...spec }: Partial<ProbeSpec> & { seconds?: number; from?: number } = {},
): Promise<readonly Sample[]> {
  const sampler = await open(probe, clock, spec);
  return listAll(sampler.between(from, from + seconds * 1_000, new AbortController().signal));
}

const dues = (seconds: number, everyMs = 1_000) => [
  ...dueMoments(monday, monday + seconds * 1_000, { everyMs, seed: 'run/page' }),
];

describe('a sampler', () => {
  test('asks when a sample is due, whether or not those before have been answered', async () => {
    const clock = virtualClock();
    const asked: number[] = [];
    const slow = aProbe(async (_, over) => {
      asked.push(clock.now());
      await clock.sleep(2_500, over);
      return good;
    });
    const samples = await samplesOf(slow, clock);
    expect(asked).toEqual(dues(10));
    expect(samples).toEqual(dues(10).map((due) => ({ due, is: 'good' })));
  });

  test('gives samples in due order, each once, however long their answers take', async () => {
    const answers = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 4_000 }), fails: fc.boolean() }), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(answers, fc.integer({ min: 50, max: 2_000 }), async (list, everyMs) => {
        const clock = virtualClock();
        let at = 0;
        const probe = aProbe(async (_, over) => {
          const { ms, fails } = list[at++ % list.length] ?? { ms: 0, fails: false };
          await clock.sleep(ms, over);
          if (fails) throw new Error('denied');
          return good;
        });
        const samples = await samplesOf(probe, clock, { everyMs, seconds: 8 });
        expect(samples.map(({ due }) => due)).toEqual(dues(8, everyMs));
        for (const [index, { is }] of samples.entries()) {
          const { ms, fails } = list[index % list.length] ?? { ms: 0, fails: false };
          if (ms !== 3_000) expect(is).toBe(ms > 3_000 ? 'bad' : fails ? 'unmeasured' : 'good');
        }
      }),
      { numRuns: 30 },
    );
  });

  test.each(['state', 'shares'] as const)(
    '%s that cannot be read in time are unmeasured',
    async (measures) => {
      const hanging = { ...aProbe(() => new Promise(() => {})), measures };
      const samples = await samplesOf(hanging, virtualClock(), { seconds: 3 });
      expect(samples.map(({ is }) => is)).toEqual(samples.map(() => 'unmeasured'));
      expect(samples.length).toBeGreaterThan(0);
    },
  );

  test('a sample without an answer by its timeout is bad, and its request is aborted then', async () => {
    const clock = virtualClock();
    const aborted: number[] = [];
    const hanging = aProbe(
      (_, over) =>
        new Promise(() => over.addEventListener('abort', () => aborted.push(clock.now()), { once: true })),
    );
    const samples = await samplesOf(hanging, clock, { seconds: 3 });
    expect(samples).toEqual(dues(3).map((due) => ({ due, is: 'bad', detail: 'no answer within 3 s' })));
    // Those in flight at the end of the period were awaited.
    expect(aborted).toEqual(dues(3).map((due) => due + 3_000));
    expect((await samplesOf(hanging, virtualClock(), { timeoutMs: 800 }))[0]?.detail).toBe(
      'no answer within 800 ms',
    );
  });

  test('what cannot be measured is unmeasured, with the reason on one line', async () => {
    const denied = aProbe(async () => {
      throw new Error(`AccessDenied:\n${'x'.repeat(300)}`);
    });
    const [first] = await samplesOf(denied, virtualClock());
    expect(first).toMatchObject({
      is: 'unmeasured',
      detail: expect.stringMatching(/^AccessDenied: x+\.\.\.$/),
    });
    expect(first?.detail?.length).toBe(200);
  });

  test('holds at most 512 without an answer; what comes on top is unmeasured', async () => {
    const hanging = aProbe(() => new Promise(() => {}));
    const samples = await samplesOf(hanging, virtualClock(), { everyMs: 10, timeoutMs: 60_000 });
    const { bad = [], unmeasured = [] } = Object.groupBy(samples, ({ is }) => is);
    expect(bad.length).toBe(512);
    expect(unmeasured.length).toBe(dues(10, 10).length - 512);
    expect(unmeasured[0]?.detail).toBe('512 samples were without an answer');
    // At most a hundred at a time here, and a thousand in all.
    const inTime = await samplesOf(hanging, virtualClock(), { everyMs: 10, timeoutMs: 1_000 });
    expect(inTime.every(({ is }) => is === 'bad')).toBe(true);
  });

  test('what is not asked in time for lack of a session is unmeasured, and not asked', async () => {
    const clock = virtualClock();
    let asked = 0;
    const measure = async () => {
      asked += 1;
      return good;
    };
    const ready = (ms: number) => ({
      ...aProbe(measure),
      open: async () => ({ measure, ready: () => clock.sleep(ms), close: async () => {} }),
    });
    const first = async (ms: number) => {
      const samples = await samplesOf(ready(ms), clock, { from: clock.now(), seconds: 2 });
      return samples[0];
    };
    expect(await first(50)).toMatchObject({ is: 'good' });
    const askedByThen = asked;
    expect(await first(51)).toMatchObject({
      is: 'unmeasured',
      detail: 'not asked for 51 ms: its session was not there',
    });
    expect(await first(10_000)).toMatchObject({
      is: 'unmeasured',
      detail: 'not asked in time: its session was not there',
    });
    expect(asked).toBe(askedByThen);
  });

  test('ends early when it is stopped: nothing is asked any more, and all requests are aborted', async () => {
    const clock = virtualClock();
    const stop = new AbortController();
    let [asked, open_] = [0, 0];
    const slow = aProbe(async (_, over) => {
      asked += 1;
      open_ += 1;
      await clock.sleep(2_000, over);
      open_ -= 1;
      return good;
    });
    const sampler = await open(slow, clock);
    const seen: Sample[] = [];
    for await (const sample of sampler.between(monday, monday + 60_000, stop.signal)) {
      if (seen.push(sample) === 3) stop.abort();
    }
    expect(seen.length).toBe(3);
    expect(open_).toBe(0);
    const askedByThen = asked;
    await clock.sleep(60_000);
    expect(asked).toBe(askedByThen);
    expect(await listAll(sampler.between(monday, monday + 60_000, stop.signal))).toEqual([]);
  });

  test('ends likewise when nobody reads on', async () => {
    const clock = virtualClock();
    let asked = 0;
    const sampler = await open(
      aProbe(async () => {
        asked += 1;
        return good;
      }),
      clock,
    );
    for await (const _ of sampler.between(monday, monday + 60_000, new AbortController().signal)) break;
    expect(asked).toBe(1);
    await clock.sleep(60_000);
    expect(asked).toBe(1);
  });

  test('closes its probe', async () => {
    let closed = 0;
    const sampler = await open(
      aProbe(async () => good, { closed: () => (closed += 1) }),
      virtualClock(),
    );
    await sampler.close();
    expect(closed).toBe(1);
  });
});

describe('when this process is late', () => {
  /** Sleeps last longer by what `lagMs` says at the moment they end. */
  const laggingClock = (lagMs: (at: number) => number) => {
    const clock = virtualClock();
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (ms, over) => sleep(ms + lagMs(clock.now() + ms), over);
    return clock;
  };

  test('by more than 50 ms, what was due is unmeasured', async () => {
    let asked = 0;
    const probe = aProbe(async () => {
      asked += 1;
      return good;
    });
    const late = (ms: number) =>
      samplesOf(
        probe,
        laggingClock(() => ms),
        { seconds: 1 },
      );
    expect((await late(50))[0]?.is).toBe('good');
    expect(asked).toBe(1);
    expect((await late(51))[0]).toMatchObject({
      is: 'unmeasured',
      detail: 'asked 51 ms late: this process was busy',
    });
    expect(asked).toBe(1);
  });

  test('and sees a timeout late, that sample is unmeasured: its answer may have been there', async () => {
    const [due = 0] = dues(1);
    const clock = laggingClock((at) => (at === due + 3_000 ? 400 : 0));
    const samples = await samplesOf(
      aProbe(() => new Promise(() => {})),
      clock,
      { seconds: 1 },
    );
    expect(samples).toEqual([
      { due, is: 'unmeasured', detail: 'this process was too busy to see an answer' },
    ]);
  });

  test('a sample that is bad only by as much is unmeasured, one that is worse stays bad', async () => {
    const valued = async (value: number) => {
      const clock = virtualClock();
      const lag = new LagWatch();
      const probe = aProbe(
        async () => {
          lag.woke(clock.now() - 120, clock.now());
          return { is: 'bad', value, detail: 'slow' };
        },
        { limit: () => 800 },
      );
      const sampler = await openSampler(probe, aProbeSpec(), { means: probeMeans(clock), lag, seed: 'run' });
      const [first] = await listAll(sampler.between(monday, monday + 2_000, new AbortController().signal));
      return first;
    };
    expect(await valued(920)).toMatchObject({
      is: 'unmeasured',
      detail: 'this process was busy for 120 of 920 ms',
    });
    expect(await valued(921)).toMatchObject({ is: 'bad', value: 921 });
    // Bad for another reason than time.
    expect(await valued(20)).toMatchObject({ is: 'bad', value: 20 });
  });

  test('a lag that many have seen counts once', () => {
    const lag = new LagWatch();
    for (const wanted of [100, 110, 140]) lag.woke(wanted, 300);
    expect(lag.laggedMs).toBe(200);
    lag.woke(310, 400);
    expect(lag.laggedMs).toBe(290);
    lag.woke(410, 450);
    expect(lag.laggedMs).toBe(290);
  });

  test('a watch notices a lag between samples, until it is over', async () => {
    const over = new AbortController();
    const clock = laggingClock((at) => (at === monday + 60 ? 200 : 0));
    const lag = new LagWatch();
    const watching = lag.beat(clock, over.signal);
    await clock.sleep(1_000);
    over.abort();
    await watching;
    expect(lag.laggedMs).toBe(200);
  });
});

describe('what settles later', () => {
  const settling = (clock: VirtualClock, asked: [number, number][]) =>
    aProbe(
      async (due) => {
        asked.push([due, clock.now()]);
        return { is: 'good', value: 0 };
      },
      { measures: 'shares', settlesMs: 180_000 },
    );

  test('is asked once it has settled', async () => {
    const clock = virtualClock();
    const asked: [number, number][] = [];
    const samples = await samplesOf(settling(clock, asked), clock, { everyMs: 60_000, seconds: 120 });
    const expected = [monday, monday + 60_000];
    expect(samples.map(({ due }) => due)).toEqual(expected);
    expect(asked).toEqual(expected.map((due) => [due, due + 180_000]));
  });

  test('is asked at once where that is past, and is not late', async () => {
    const clock = virtualClock();
    const asked: [number, number][] = [];
    const from = monday - 600_000;
    const samples = await samplesOf(settling(clock, asked), clock, { everyMs: 60_000, seconds: 120, from });
    expect(samples.map(({ is }) => is)).toEqual(['good', 'good']);
    expect(asked).toEqual([from, from + 60_000].map((due) => [due, monday]));
  });
});
