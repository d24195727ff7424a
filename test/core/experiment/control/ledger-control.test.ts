import { describe, expect, test } from 'vitest';
import { type LedgerControlParts, ledgerControl } from '#core/experiment/control/ledger-control.ts';
import { watchProgress } from '#core/experiment/control/progress-watch.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { Alarm } from '#core/model/group.ts';
import { ExperimentOver } from '#core/ports/experiment-ledger.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { anExperimentRecord, anExperimentId as id } from '../../../support/an-experiment-record.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const stop = { by: 'bob', reason: 'too loud', at: '2026-11-23T09:00:20.000Z' };
const arn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:checkout';
const stopConditions = [{ name: 'checkout-burning', type: 'cloudwatch-alarm' as const, arn }];
const failing = () => {
  throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
};

/** A control on a ledger, each call of which may be made to fail. */
async function aControl({ conditions = [] as typeof stopConditions, offset = 0 } = {}) {
  const clock = new VirtualClock({ startsAt, jumps: true });
  const ledger = inMemoryLedger({ newSecret: () => 'secret' });
  await ledger.beginExperiment(anExperimentRecord({ leaseUntil: startsAt + offset + 90_000 }));
  const calls: string[] = [];
  const broken = new Set<string>();
  const state: { alarm: Alarm['state']; failsUntil: number } = { alarm: 'OK', failsUntil: 0 };
  /** How long what is read takes to answer, in ms. */
  const slow = new Map<string, number>();
  const pending = new Map<string, number>();
  let mostPending = 0;
  const called = (name: string) => {
    calls.push(name);
    if (broken.has(name) || clock.now() < state.failsUntil) failing();
  };
  const read = async (name: string) => {
    called(name);
    const count = (change: number) => pending.set(name, (pending.get(name) ?? 0) + change);
    count(1);
    mostPending = Math.max(mostPending, pending.get(name) ?? 0);
    const ms = slow.get(name) ?? 0;
    if (ms === Number.POSITIVE_INFINITY) await new Promise(() => {});
    if (ms > 0) await clock.sleep(ms);
    count(-1);
  };
  const progress = watchProgress(2);
  const parts: LedgerControlParts = {
    clock,
    progress,
    skew: { offsetMs: () => offset },
    ledger: {
      stop: async () => {
        await read('stop');
        return ledger.stop();
      },
      experiment: async (one) => {
        await read('experiment');
        return ledger.experiment(one);
      },
      renewLease: async (one, lease) => {
        called('renew');
        return ledger.renewLease(one, lease);
      },
    },
    alarms: {
      alarms: async (arns) => {
        await read('alarms');
        return arns.map(() => state.alarm);
      },
    },
    journal: { failed: ({ stage, code }) => calls.push(`${stage}: ${code}`) },
    announce: async () => {
      called('announce');
      if (broken.has('answer')) await new Promise(() => {});
    },
  };
  const control = ledgerControl(id, { stopConditions: conditions }, parts);
  /** When it is seen to be stopped, asked every 400 ms, and by whom. */
  const watch = async (ms: number) => {
    for (const until = clock.now() + ms; clock.now() <= until; await clock.sleep(400)) {
      const stopped = await control.stopped();
      if (stopped !== undefined) return { at: clock.now() - startsAt, by: stopped.by };
    }
    return undefined;
  };
  const setStop = async (of: 'experiment' | 'stop') =>
    void (await (of === 'stop' ? ledger.setStop(stop) : ledger.stopExperiment(id, stop)));
  return {
    setStop,
    clock,
    ledger,
    calls,
    broken,
    state,
    slow,
    mostPending: () => mostPending,
    progress,
    control,
    watch,
  };
}

describe('a stop', () => {
  test('of the experiment is seen within a second, and so is that of everything', async () => {
    for (const isOwn of [true, false]) {
      const { ledger, watch } = await aControl();
      expect(await watch(2_000)).toBeUndefined();
      await (isOwn ? ledger.stopExperiment(id, stop) : ledger.setStop(stop));
      const { at = Number.POSITIVE_INFINITY, by } = (await watch(5_000)) ?? {};
      expect(at).toBeLessThanOrEqual(3_000);
      expect(by).toBe(`stop ${isOwn ? '' : 'of everything '}by bob: too loud`);
    }
  });

  test('stays, though it was lifted', async () => {
    const { ledger, watch, control } = await aControl();
    await ledger.setStop(stop);
    const seen = await watch(2_000);
    await ledger.setStop(undefined);
    expect(await control.stopped()).toEqual({ by: seen?.by });
  });

  test('costs one read of the ledger each time it is asked for', async () => {
    const { calls, watch } = await aControl({ conditions: stopConditions });
    await watch(60_000);
    const count = (name: string) => calls.filter((one) => one === name).length;
    expect(count('experiment') + count('stop')).toBe(151);
    expect(count('experiment')).toBe(76);
    expect(count('alarms')).toBeLessThanOrEqual(13);
  });

  test('of either kind is seen at once where it must be known for sure', async () => {
    for (const isOwn of [true, false]) {
      const { ledger, control } = await aControl({ conditions: stopConditions });
      expect(await control.stopped(true)).toBeUndefined();
      await (isOwn ? ledger.stopExperiment(id, stop) : ledger.setStop(stop));
      expect((await control.stopped(true))?.by).toMatch(/by bob: too loud$/);
    }
    const { state, control } = await aControl({ conditions: stopConditions });
    state.alarm = 'ALARM';
    expect(await control.stopped(true)).toEqual({ by: 'stop condition checkout-burning' });
  });

  test.each(['stop', 'experiment', 'alarms'])(
    'cannot be ruled out where it must be known for sure and cannot be read (%s)',
    async (name) => {
      const { broken, control } = await aControl({ conditions: stopConditions });
      broken.add(name);
      await expect(control.stopped(true)).rejects.toThrow('slow down');
    },
  );

  test('is what the end of its record comes to: somebody has taken it for dead', async () => {
    const { ledger, watch } = await aControl();
    await ledger.endExperiment(id, { verdict: 'failed', why: 'whoever ran it died', at: stop.at });
    expect((await watch(1_000))?.by).toBe('the end on its record: failed, whoever ran it died');
  });

  test.each(['stop', 'experiment'])('that cannot be read counts as one after 10 s (%s)', async (name) => {
    const { broken, watch } = await aControl();
    expect(await watch(5_000)).toBeUndefined();
    broken.add(name);
    const { at = 0, by } = (await watch(60_000)) ?? {};
    expect(at).toBeGreaterThan(15_000);
    expect(at).toBeLessThan(17_000);
    expect(by).toBe('nobody could read whether it is stopped (ThrottlingException: slow down)');
  });

  test('that can be read again in time is none', async () => {
    const { state, watch } = await aControl({ conditions: stopConditions });
    state.failsUntil = startsAt + 9_000;
    expect(await watch(60_000)).toBeUndefined();
  });

  test('is what an experiment comes to that is not on record', async () => {
    const clock = new VirtualClock({ startsAt, jumps: true });
    const ledger = inMemoryLedger({ newSecret: () => 'secret' });
    const skew = { offsetMs: () => 0 };
    const unused = { journal: { failed: () => {} }, announce: async () => {} };
    const parts = { clock, ledger, skew, alarms: { alarms: async () => [] }, ...unused };
    const control = ledgerControl(id, { stopConditions: [] }, parts);
    while ((await control.stopped()) === undefined) await clock.sleep(400);
    expect(clock.now() - startsAt).toBeLessThan(11_000);
  });
});

describe('an answer that is slow or never comes', () => {
  const forever = Number.POSITIVE_INFINITY;
  const texts = { experiment: 'stop by bob: too loud', stop: 'stop of everything by bob: too loud' };

  test.each(
    [200, 3_000, 10_000, 60_000, forever].flatMap((ms) =>
      (['experiment', 'stop'] as const).map((name) => [ms, name] as const),
    ),
  )('of the alarms, in %d ms, leaves a stop seen within a second (%s)', async (ms, name) => {
    for (let at = 1_000; at < 9_000; at += 330) {
      const { clock, setStop, slow, watch } = await aControl({ conditions: stopConditions });
      slow.set('alarms', ms);
      void clock.sleep(at).then(() => setStop(name));
      const seen = await watch(60_000);
      expect(seen?.by).toBe(texts[name]);
      expect((seen?.at ?? 0) - at).toBeLessThanOrEqual(1_000);
    }
  });

  test.each(['experiment', 'stop'] as const)(
    'of one kind of stop leaves the other seen within a second, and the alarms within six (%s hangs)',
    async (hanging) => {
      const other = hanging === 'stop' ? 'experiment' : 'stop';
      const first = await aControl({ conditions: stopConditions });
      first.slow.set(hanging, forever);
      void first.clock.sleep(3_000).then(() => first.setStop(other));
      const seen = await first.watch(60_000);
      expect(seen?.by).toBe(texts[other]);
      expect(seen?.at).toBeLessThanOrEqual(4_000);

      const second = await aControl({ conditions: stopConditions });
      second.slow.set(hanging, forever);
      second.state.alarm = 'OK';
      void second.clock.sleep(3_000).then(() => {
        second.state.alarm = 'ALARM';
      });
      const fired = await second.watch(60_000);
      expect(fired?.by).toBe('stop condition checkout-burning');
      expect(fired?.at).toBeLessThanOrEqual(9_000);
    },
  );

  test.each(
    [10_000, 60_000, forever].flatMap((ms) =>
      ['experiment', 'stop', 'alarms'].map((name) => [ms, name] as const),
    ),
  )(
    'in %d ms, counts as a stop after 10 s by the clock, and is not asked for by ever more (%s)',
    async (ms, name) => {
      const { slow, watch, mostPending } = await aControl({ conditions: stopConditions });
      expect(await watch(5_000)).toBeUndefined();
      slow.set(name, ms);
      const { at = 0, by } = (await watch(120_000)) ?? {};
      expect(at).toBeGreaterThanOrEqual(15_000);
      // An alarm is read every five seconds.
      expect(at).toBeLessThanOrEqual(16_600 + (name === 'alarms' ? 5_000 : 0));
      expect(by).toMatch(/^nobody could read whether it is stopped \(DeadlineReached: /);
      expect(mostPending()).toBeLessThanOrEqual(3);
    },
  );

  test('that comes within four seconds each time is one: the alarm fires all the same', async () => {
    const { slow, state, watch } = await aControl({ conditions: stopConditions });
    for (const name of ['experiment', 'stop', 'alarms']) slow.set(name, 3_900);
    expect(await watch(120_000)).toBeUndefined();
    state.alarm = 'ALARM';
    expect((await watch(60_000))?.by).toBe('stop condition checkout-burning');
  });

  test('of a call that was lost is asked for again in time', async () => {
    const { clock, slow, watch } = await aControl({ conditions: stopConditions });
    for (const name of ['experiment', 'stop', 'alarms']) slow.set(name, forever);
    void clock.sleep(2_000).then(() => slow.clear());
    expect(await watch(120_000)).toBeUndefined();
  });

  test('of the last call before nobody asked for a while is no stop', async () => {
    const { clock, slow, watch, control } = await aControl({ conditions: stopConditions });
    for (const name of ['experiment', 'stop', 'alarms']) slow.set(name, forever);
    await control.stopped();
    await control.stopped();
    await clock.sleep(60_000);
    slow.clear();
    // None is prompt.
    for (const name of ['experiment', 'stop', 'alarms']) slow.set(name, 150);
    expect(await watch(30_000)).toBeUndefined();
  });

  test('where it must be known for sure, is a refusal after 10 s; a person is obeyed at once', async () => {
    for (const name of ['experiment', 'stop', 'alarms']) {
      const { clock, slow, control } = await aControl({ conditions: stopConditions });
      slow.set(name, forever);
      await expect(control.stopped(true)).rejects.toThrow('no time was left to read whether it is stopped');
      expect(clock.now() - startsAt).toBe(10_000);
    }
    const { clock, ledger, slow, control } = await aControl({ conditions: stopConditions });
    slow.set('alarms', forever);
    await ledger.stopExperiment(id, stop);
    expect(await control.stopped(true)).toEqual({ by: texts.experiment });
    expect(clock.now()).toBe(startsAt);
  });
});

describe('a stop condition', () => {
  test('stops by its name once its alarm fires, within five seconds', async () => {
    const { state, watch } = await aControl({ conditions: stopConditions });
    state.alarm = 'INSUFFICIENT_DATA';
    expect(await watch(7_000)).toBeUndefined();
    state.alarm = 'ALARM';
    const { at = 0, by } = (await watch(60_000)) ?? {};
    expect(at).toBeLessThanOrEqual(12_500);
    expect(by).toBe('stop condition checkout-burning');
  });

  test('that is not there counts as a stop', async () => {
    const { state, watch } = await aControl({ conditions: stopConditions });
    state.alarm = 'MISSING';
    expect((await watch(60_000))?.by).toMatch(/checkout-burning: there is no alarm arn:/);
  });
});

describe('the lease', () => {
  const leaseOf = async ({ ledger }: Awaited<ReturnType<typeof aControl>>) =>
    (await ledger.experiment(id))?.leaseUntil;

  test('is renewed in the time of AWS', async () => {
    const offset = -3 * 60_000;
    const held = await aControl({ offset });
    await held.control.renewLease(startsAt + 100_000);
    expect(await leaseOf(held)).toBe(startsAt + offset + 100_000);
  });

  test('tells where the experiment is, in the time of AWS', async () => {
    const offset = -3 * 60_000;
    const held = await aControl({ offset });
    const part = { is: 'fault' as const, stage: 1, from: startsAt, to: startsAt + 60_000 };
    held.progress.see({ ...part, probe: 'page', bad: 1, measured: 9 });
    await held.control.renewLease(startsAt + 100_000);
    expect((await held.ledger.experiment(id))?.progress).toEqual({
      ...{ is: 'fault', stage: 1, stages: 2, more: 0 },
      ...{ at: startsAt + offset, from: startsAt + offset, to: startsAt + offset + 60_000 },
      probes: [{ probe: 'page', bad: 1, measured: 9 }],
    });
  });

  test('is tried again for 10 s', async () => {
    const held = await aControl();
    held.state.failsUntil = startsAt + 8_000;
    await held.control.renewLease(startsAt + 100_000, true, 'callback');
    expect(await held.ledger.experiment(id)).toMatchObject({
      leaseUntil: startsAt + 100_000,
      isWaiting: true,
      wakeUp: 'callback',
    });
    held.broken.add('renew');
    await expect(held.control.renewLease(startsAt + 200_000)).rejects.toThrow('slow down');
    expect(held.clock.now() - startsAt).toBeLessThan(20_000);
  });

  test('is what was asked for last, however slow a renewal before it is', async () => {
    const held = await aControl();
    held.state.failsUntil = startsAt + 500;
    const slow = held.control.renewLease(startsAt + 90_000);
    await held.clock.sleep(600);
    await held.control.renewLease(startsAt + 600_000, true);
    await slow;
    expect(await held.ledger.experiment(id)).toMatchObject({
      leaseUntil: startsAt + 600_000,
      isWaiting: true,
    });
  });

  test('is not tried again once it is over', async () => {
    const held = await aControl();
    await held.clock.sleep(90_001);
    await expect(held.control.renewLease(startsAt + 200_000)).rejects.toThrow(ExperimentOver);
    expect(held.calls).toEqual(['renew']);
  });
});

describe('news', () => {
  const news = { is: 'soon', at: startsAt } as const;

  test('take no time', async () => {
    const { control, calls, clock } = await aControl();
    await control.announce(news);
    expect(calls).toEqual(['announce']);
    expect(clock.now()).toBe(startsAt);
  });

  test.each([
    ['that cannot be announced', 'announce', 'announce: ThrottlingException', 0],
    ['whose announcement hangs', 'answer', 'announce: DeadlineReached', 10_000],
  ])('%s hold nothing up, and are in the log', async (_, failing, logged, ms) => {
    const { broken, control, calls, clock } = await aControl();
    broken.add(failing);
    await control.announce(news);
    expect(calls).toEqual(['announce', logged]);
    expect(clock.now() - startsAt).toBe(ms);
  });
});
