import { describe, expect, test } from 'vitest';
import { ExperimentReport } from '#core/reports/experiment-report.ts';

import { anExperiment, play, startsAt } from './an-experiment.ts';

const ramp = anExperiment({
  stages: [{ slow: { select: { count: 1 } } }, { slow: { select: { count: 2 } } }],
  pauseMs: 20_000,
});

describe('an experiment', () => {
  test('survives: all was injected, held, undone, and nothing deviated', async () => {
    const { report, events, inPlace, leases } = await play();
    expect(report.verdict).toMatchObject({ is: 'survived' });
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'fault', 'recovery']);
    expect(events.filter((one) => !one.startsWith('close'))).toEqual([
      'resolve slow 1 10',
      'strike slow 1 10',
      'undo 71',
      'recovered 81.1',
    ]);
    expect(report.probes[0]).toMatchObject({
      is: 'within',
      notices: expect.any(Number),
      recovery: 'in-time',
    });
    // It had nothing to recover from.
    expect(report.probes[0]?.recoveredAfterMs).toBeUndefined();
    expect([...inPlace]).toEqual([]);
    expect(Math.min(...leases)).toBe(90_000);
    expect(ExperimentReport.parse(report)).toEqual(report);
  });

  test('deviates as soon as the evidence is enough, and is undone at once', async () => {
    const { report, events } = await play({ sample: (_, { inEffect }) => (inEffect ? 'bad' : 'good') });
    expect(report.verdict).toMatchObject({ is: 'deviated', probe: 'page' });
    expect(report.verdict.evidence?.reached).toBeGreaterThan(100);
    const undone = events.find((one) => one.startsWith('undo'));
    expect(Number(undone?.split(' ')[1])).toBeLessThan(13);
    expect(report.probes[0]).toMatchObject({ is: 'deviated' });
    expect(report.probes[0]?.detectedAfterMs).toBeLessThan(2_000);
  });

  test('injects nothing where the steady state does not hold', async () => {
    const { report, events } = await play({ sample: () => 'bad' });
    expect(report.verdict).toMatchObject({ is: 'not-steady', probe: 'page' });
    expect(events.filter((one) => /strike|resolve/.test(one))).toEqual([]);
  });

  test('is inconclusive where too little could be measured', async () => {
    const { report } = await play({
      sample: (_, { inEffect, at }) => (inEffect && at % 300 === 0 ? 'unmeasured' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'inconclusive' });
  });

  test.each([
    ['before it begins', 0, []],
    ['in its baseline', 5_000, []],
    ['under its fault', 30_100, ['undo 30.2']],
  ])('is aborted %s within a second', async (_, stoppedAt, undone) => {
    const { report, events, inPlace } = await play({ stoppedAt });
    expect(report.verdict).toMatchObject({ is: 'aborted', by: 'stop by alice' });
    expect(events.filter((one) => one.startsWith('undo'))).toEqual(undone);
    expect([...inPlace]).toEqual([]);
  });

  test('judges nothing where somebody else has undone a fault before its time', async () => {
    const { report, events, news } = await play({ isUndoneByOthers: true });
    expect(report.verdict).toMatchObject({ is: 'aborted', by: expect.stringContaining('before its time') });
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'fault', 'recovery']);
    expect(events.filter((one) => one.startsWith('undo'))).toHaveLength(1);
    expect(news).toContainEqual(expect.objectContaining({ is: 'aborted', isUndone: true }));
    // What had deviated by then has deviated.
    const deviated = await play({
      isUndoneByOthers: true,
      sample: (_, { inEffect }) => (inEffect ? 'bad' : 'good'),
    });
    expect(deviated.report.verdict.is).toBe('deviated');
  });

  test('strikes nothing where it is stopped while its targets are looked for', async () => {
    const weather: { stoppedAt?: number; onCall: (call: string) => void } = {
      onCall: (call) => {
        if (call.startsWith('resolve')) weather.stoppedAt = 0;
      },
    };
    const { report, events } = await play(weather);
    expect(report.verdict).toMatchObject({ is: 'aborted', by: 'stop by alice' });
    expect(events.filter((one) => one.startsWith('strike'))).toEqual([]);
  });

  test('looks whether all is well again after a stop too', async () => {
    const { report } = await play({ stoppedAt: 30_000 });
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'fault', 'recovery']);
    expect(report.probes[0]?.recovery).toBe('in-time');
  });

  test('fails where a strike does, and undoes what may be in place', async () => {
    const { report, events } = await play({ outcome: 'unknown' });
    expect(report.verdict).toMatchObject({ is: 'failed' });
    expect(events).toContain('undo 11');
  });

  test('says loudly what could not be undone, and how to do it by hand', async () => {
    const { report } = await play({ undoFails: 1_000 });
    expect(report.verdict).toMatchObject({ is: 'undo-failed' });
    expect(report.strikes[0]?.byHand).toEqual(['aws lambda ...']);
  });

  test('tries again to undo, soon and then less often', async () => {
    const { report, events } = await play({ undoFails: 5 });
    expect(report.verdict).toMatchObject({ is: 'survived' });
    const undone = events.filter((one) => one.startsWith('undo'));
    expect(undone).toEqual(['undo 71', 'undo 72', 'undo 74', 'undo 78', 'undo 83', 'undo 88']);
    expect(report.strikes[0]).toMatchObject({ byHand: [], to: expect.any(String) });
  });

  test('scales up stage by stage, with recovery, pause and a new baseline in between', async () => {
    const { report, events } = await play({ experiment: ramp });
    expect(report.verdict).toMatchObject({ is: 'survived' });
    expect(report.stages).toEqual({ reached: 2, planned: 2 });
    expect(report.strikes.map(({ stage }) => stage)).toEqual([1, 2, 2]);
    expect(report.phases.map(({ is, stage }) => `${is} ${stage}`)).toEqual([
      ...['baseline 1', 'fault 1', 'recovery 1'],
      ...['baseline 2', 'fault 2', 'recovery 2'],
    ]);
    const resolved = events
      .filter((one) => one.startsWith('resolve'))
      .map((one) => Number(one.split(' ')[3]));
    expect((resolved[1] ?? 0) - (resolved[0] ?? 0)).toBeGreaterThanOrEqual(61 + 20 + 10);
  });

  test.each([
    ['', {}],
    [', not even in a rehearsal', { rehearsal: true }],
  ])('injects nothing beyond the blast radius of the configuration%s', async (_, given) => {
    const { report, events } = await play({ ...given, experiment: ramp, allowed: 1 });
    expect(report.verdict).toMatchObject({ is: 'failed', why: expect.stringMatching(/ 2 .* 4 .* 1 /) });
    expect(report.stages.reached).toBe(2);
    expect(events.filter((one) => / 2 /.test(one) && one.startsWith('strike'))).toEqual([]);
  });

  test.each([
    ['', {}],
    [', not even in a rehearsal', { rehearsal: true }],
  ])('injects nothing in a stage that would be smaller than the one before%s', async (_, given) => {
    const shares = [{ slow: { select: { count: 2 } } }, { slow: { select: { percent: 25 } } }];
    const { report, events } = await play({ ...given, experiment: { ...ramp, stages: shares } });
    expect(report.verdict).toMatchObject({ is: 'failed', why: expect.stringMatching(/ 1 .* 4 .* 2 /) });
    expect(events.filter((one) => / 2 /.test(one) && one.startsWith('strike'))).toEqual([]);
  });

  test('takes for evidence only what was measured under a fault, however long it takes from one to the next', async () => {
    const [first] = anExperiment().method;
    const method = [first, { ...first, name: 'slower', startAfter: ['slow'] }] as ReturnType<
      typeof anExperiment
    >['method'];
    const experiment = anExperiment({ method });
    const [swift, slow] = [await play({ experiment }), await play({ experiment, undoFails: 10 })];
    expect(slow.took).toBeGreaterThan(swift.took + 30_000);
    expect(slow.report.verdict.is).toBe('survived');
    expect(slow.report.probes[0]?.notices).toBe(swift.report.probes[0]?.notices);
  });

  test('does not scale up once it has deviated', async () => {
    const { report } = await play({
      experiment: ramp,
      sample: (_, { inEffect }) => (inEffect ? 'bad' : 'good'),
    });
    expect(report.stages).toEqual({ reached: 1, planned: 2 });
  });

  test('deviates where it does not recover', async () => {
    const { report } = await play({ sample: (_, { at }) => (at > 70_500 ? 'bad' : 'good') });
    expect(report.verdict).toMatchObject({ is: 'deviated', why: expect.stringContaining('after the fault') });
  });

  test('says what did not recover where it was stopped, or has deviated, too', async () => {
    const down = (from: number) => ({
      sample: (_: string, { at }: { at: number }) => (at > from ? 'bad' : 'good'),
    });
    for (const [weather, verdict] of [
      [{ ...down(31_000), stoppedAt: 30_000 }, 'aborted'],
      [down(20_000), 'deviated'],
    ] as [Parameters<typeof play>[0], string][]) {
      const { report } = await play(weather);
      expect(report.verdict.is).toBe(verdict);
      expect(report.probes[0]).toMatchObject({ recovery: 'late' });
      expect(report.next[0]).toContain('page');
      expect(report.events.map(({ text }) => text)).toContainEqual(
        expect.stringContaining('page: it was not'),
      );
    }
    expect((await play({ stoppedAt: 30_000 })).report.probes[0]).toMatchObject({ recovery: 'in-time' });
  });

  test('blames no stage for what was down before it, but says which was the last to inject', async () => {
    const { report } = await play({
      experiment: ramp,
      sample: (_, { at }) => (at > 95_000 ? 'bad' : 'good'),
    });
    // Not steady would say that nothing was injected.
    expect(report).toMatchObject({ verdict: { is: 'inconclusive', probe: 'page' }, stages: { reached: 2 } });
    expect(report.verdict.why).toContain('the steady state did not come back before stage 2');
    expect(report.probes[0]?.is).toBe('not-steady');
    expect(report.next[0]).toContain('what was injected before may be the cause');
  });

  test('says which samples decided, also after a long time in which all was well', async () => {
    const { report } = await play({ sample: (_, { at }) => (at > 60_000 ? 'bad' : 'good') });
    expect(report.verdict).toMatchObject({ is: 'deviated' });
    const { why } = report.probes[0] ?? {};
    expect(report.verdict.why).toBe(`probe page: ${why}`);
    expect(why).toMatch(/^(\d+) of the last \1 \(100 %\) samples were bad, from 09:01:00 UTC on; 5 % is/);
  });

  test('recovers over a baseline that is longer than a segment', async () => {
    const { steadyState } = anExperiment();
    const experiment = anExperiment({
      steadyState: { ...steadyState, baselineMs: 150_000 },
      recovery: { withinMs: 150_000 },
    });
    const { report } = await play({
      experiment,
      // Bad until well after the fault has ended.
      sample: (_, { at }) => (at > 211_500 && at < 240_000 ? 'bad' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'survived' });
    expect(report.probes[0]?.recoveredAfterMs).toBeGreaterThan(28_000);
    expect(report.probes[0]?.recoveredAfterMs).toBeLessThan(30_000);
  });

  test('is inconclusive where nobody can tell whether it recovers', async () => {
    const { report } = await play({ sample: (_, { at }) => (at > 70_500 ? 'unmeasured' : 'good') });
    expect(report.verdict).toMatchObject({ is: 'inconclusive', probe: 'page' });
  });

  test('rehearsed, it does all but strike', async () => {
    const { report, events } = await play({ rehearsal: true, closed: 'gate schedule' });
    expect(report).toMatchObject({ rehearsal: true, verdict: { is: 'survived' } });
    expect(events.some((one) => one.startsWith('strike'))).toBe(false);
  });

  test('is held by closed gates', async () => {
    const { report, events } = await play({ closed: 'gate schedule: closed' });
    expect(report.verdict).toMatchObject({ is: 'failed', why: expect.stringContaining('gate schedule') });
    expect(events).toEqual([]);
  });
});

describe('news', () => {
  const kinds = async (...weather: Parameters<typeof play>) =>
    (await play(...weather)).news.map(({ is }) => is);

  test('come before anything is injected, so long before as the file says, and as it is', async () => {
    const { news } = await play({ experiment: anExperiment({ notify: { leadMs: 600_000 } }) });
    expect(news).toMatchObject([
      { is: 'soon', at: startsAt + 600_000 },
      { is: 'injected', strikes: [{ outcome: 'succeeded' }] },
    ]);
  });

  test('of an abort come once what was in place is undone, and long before the verdict', async () => {
    const { news } = await play({ stoppedAt: 30_000 });
    const strike = { outcome: 'succeeded', to: expect.any(String), byHand: [] };
    const aborted = { is: 'aborted', by: 'stop by alice', isUndone: true, strikes: [strike] };
    expect(news.slice(2)).toMatchObject([aborted]);
  });

  test('of an abort say what is still in place', async () => {
    const { news } = await play({ stoppedAt: 30_000, undoFails: 1_000 });
    const aborted = { is: 'aborted', isUndone: false, strikes: [{ byHand: ['aws lambda ...'] }] };
    expect(news.slice(2)).toMatchObject([aborted]);
  });

  test('of an abort with nothing in place are those of the verdict, which is next', async () => {
    expect(await kinds({ stoppedAt: 5_000 })).toEqual(['soon']);
    expect(await kinds({ stoppedAt: 0 })).toEqual([]);
  });

  test('are none where nothing may begin, and in a rehearsal', async () => {
    expect(await kinds({ closed: 'gate schedule: closed' })).toEqual([]);
    expect(await kinds({ rehearsal: true })).toEqual([]);
    expect(await kinds({ rehearsal: true, stoppedAt: 30_000 })).toEqual([]);
  });

  test.each([
    ['fails', () => Promise.reject(new Error('no topic'))],
    ['hangs', () => new Promise<void>(() => {})],
  ])('change no verdict where telling people %s', async (_, announce) => {
    for (const weather of [{}, { stoppedAt: 30_000 }]) {
      const { report, inPlace } = await play({ ...weather, announce });
      const { report: told } = await play(weather);
      expect(report.verdict.is).toBe(told.verdict.is);
      expect(report.phases.map(({ is }) => is)).toEqual(told.phases.map(({ is }) => is));
      expect([...inPlace]).toEqual([]);
    }
  });
});
