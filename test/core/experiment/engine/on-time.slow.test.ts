import { describe, expect, test } from 'vitest';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { stepNames } from '#core/experiment/engine/step-names.ts';
import type { JudgedProbe, MethodStep } from '#core/model/experiment.ts';
import type { Measurement, Probe } from '#core/ports/probe.ts';
import { aProbe } from '../../../support/a-probe.ts';
import { anExperiment, play, startsAt, type Weather } from './an-experiment.ts';
import { mortalHost } from './mortal-host.ts';

const minuteMs = 60_000;
const [slow] = anExperiment().method as [MethodStep];
const judged = (name: string, everyMs: number, rest: Partial<JudgedProbe> = {}): JudgedProbe => ({
  ...{ name, type: name, everyMs, timeoutMs: 5_000, parameters: {}, tolerance: { bad: 0.05 } },
  ...rest,
});

/** All kinds of probes at once, as often as they may measure in AWS. */
const mixed = anExperiment({
  steadyState: {
    baselineMs: minuteMs,
    falseAlarms: 0.01,
    probes: [
      judged('http', 200),
      judged('alarm', 10_000, { tolerance: { badForMs: 0 } }),
      judged('slo', minuteMs, { timeoutMs: 10_000 }),
    ],
  },
  observations: [judged('seldom', 10 * minuteMs, { timeoutMs: minuteMs })],
  method: [{ ...slow, holdMs: 5 * minuteMs }],
  recovery: { withinMs: 5 * minuteMs },
});

/** By the ms since the beginning at which a sample is due. */
type IsBad = (dueAt: number) => boolean;
const never: IsBad = () => false;

/** Answers so many ms after it is asked. */
function answering(answerMs: number, isBad: IsBad, overrides: Partial<Probe> = {}): Probe {
  return aProbe(async () => ({ is: 'good' }), {
    ...overrides,
    open: async (_, { clock }) => ({
      measure: async (due, over): Promise<Measurement> => {
        await clock.sleep(answerMs, over);
        const is = isBad(due - startsAt) ? 'bad' : 'good';
        return { is, ...(overrides.measures === 'shares' && { value: is === 'bad' ? 1 : 0 }) };
      },
      close: async () => {},
    }),
  });
}

const probes = ({ http = never, slo = never }: { readonly http?: IsBad; readonly slo?: IsBad } = {}) => ({
  http: answering(150, http),
  alarm: answering(300, never, { measures: 'state' }),
  slo: answering(500, slo, { measures: 'shares', settlesMs: 3 * minuteMs }),
  seldom: answering(10 * minuteMs, never),
});

async function playMixed(weather: Weather = {}) {
  const played = await play({ experiment: mixed, probes: probes(), ...weather });
  const { events, renewedAt, took, report } = played;
  const seconds = (call: string) =>
    events.filter((one) => one.startsWith(call)).map((one) => Number(one.split(' ').at(-1)));
  const ages = [...renewedAt, took].map((at, index) => at - (renewedAt[index - 1] ?? 0));
  expect(Math.max(...ages)).toBeLessThan(30_000);
  expect([...played.inPlace]).toEqual([]);
  return { ...played, seconds, verdict: report.verdict };
}

describe('with probes of all kinds', () => {
  /** The same moments come in all of them. */
  const survivor = playMixed();

  test('a fault is in place for as long as the file says, whatever is answered later', async () => {
    const { verdict, seconds, report } = await survivor;
    expect(verdict).toMatchObject({ is: 'survived' });
    const [struck = 0, undone = 0] = [...seconds('strike'), ...seconds('undo')];
    expect(undone - struck).toBeCloseTo(301, 2);
    const slo = report.probes.find(({ name }) => name === 'slo');
    expect(slo?.phases.find(({ is }) => is === 'fault')).toMatchObject({ good: 5, bad: 0, unmeasured: 0 });
    const http = report.probes.find(({ name }) => name === 'http');
    const measured = http?.phases.find(({ is }) => is === 'fault')?.good ?? 0;
    expect(Math.abs(measured - 1_500)).toBeLessThanOrEqual(1);
  });

  test('an outage of one is undone within seconds, whatever the others do', async () => {
    const { seconds: ofSurvivor } = await survivor;
    const brokenAt = (ofSurvivor('strike')[0] ?? 0) * 1_000 + 61_000;
    const { verdict, seconds } = await playMixed({ probes: probes({ http: (at) => at >= brokenAt }) });
    expect(verdict).toMatchObject({ is: 'deviated', probe: 'http' });
    const [undone = 0] = seconds('undo');
    // Sixteen samples.
    expect(undone * 1_000 - brokenAt).toBeLessThan(4_000);
    expect(undone * 1_000 - (Date.parse(verdict.at) - startsAt)).toBeLessThan(500);
  });

  test('what is told of a fault after its end deviates all the same, and no stage comes after it', async () => {
    const { seconds: ofSurvivor } = await survivor;
    const undoneAt = (ofSurvivor('undo')[0] ?? 0) * 1_000;
    const slo: IsBad = (at) => at >= undoneAt - 4 * minuteMs && at < undoneAt;
    const { verdict, seconds, report } = await playMixed({
      experiment: { ...mixed, stages: [{}, {}] },
      probes: probes({ slo }),
    });
    expect(verdict).toMatchObject({ is: 'deviated', probe: 'slo' });
    expect(verdict.why).not.toMatch(/after the fault/);
    expect(seconds('undo').map((at) => at * 1_000)).toEqual([undoneAt]);
    expect(report.stages.reached).toBe(1);
  });

  test('the lease is held, and a fault whose time is over is undone, however long calls take', async () => {
    const steps = [slow, { ...slow, name: 'other' }].map((step) => ({ ...step, holdMs: minuteMs }));
    const takes = { resolve: 59_000, strike: 59_000, undo: 59_000 };
    const { events, seconds } = await playMixed({ takes, experiment: { ...mixed, method: steps } });
    const other = seconds('resolve other')[0] ?? 0;
    // The first one's time was over while the other was still being injected.
    expect(seconds('undo')[0]).toBeCloseTo(other + 60, 1);
    expect(events.filter((one) => one.startsWith('strike'))).toHaveLength(2);
  });

  test('what can be asked for later is, where another process goes on', async () => {
    const { promise: death, resolve: die } = Promise.withResolvers<void>();
    const { verdict, report } = await playMixed({
      death,
      host: (...given) =>
        mortalHost(plainHost(...given), (name) => {
          const isLast = name === stepNames.segment('fault', 1, 3);
          if (isLast) die();
          return isLast;
        }),
    });
    expect(verdict).toMatchObject({ is: 'survived' });
    const slo = report.probes.find(({ name }) => name === 'slo');
    expect(slo?.phases.find(({ is }) => is === 'fault')).toMatchObject({ good: 5, bad: 0, unmeasured: 0 });
  });
});

describe('while one fault is in place and another is being injected', () => {
  const method = [slow, { ...slow, name: 'other' }].map((step) => ({ ...step, holdMs: 5 * minuteMs }));
  const experiment = anExperiment({ method });

  test.each([
    ['its targets are looked for', { resolve: 50_000 }, 80_000, 'never'],
    ['it is struck', { strike: 50_000 }, 80_000, 'struck'],
  ])('a stop takes effect within a second, as %s', async (_, takes, stoppedAt, other) => {
    const { report, events, inPlace } = await play({ experiment, takes, stoppedAt });
    const undone = events.filter((one) => one.startsWith('undo')).map((one) => Number(one.split(' ')[1]));
    expect(report.verdict).toMatchObject({ is: 'aborted', by: 'stop by alice' });
    expect(undone[0]).toBeGreaterThanOrEqual(80);
    expect(undone[0]).toBeLessThan(81);
    expect(events.some((one) => one.startsWith('strike other'))).toBe(other === 'struck');
    expect([...inPlace]).toEqual([]);
  });

  test.each([
    ['its targets are looked for', { resolve: 50_000 }],
    ['it is struck', { strike: 50_000 }],
  ])('a deviation is undone at once, as %s', async (_, takes) => {
    const { report, events, inPlace } = await play({
      ...{ experiment, takes },
      sample: (_probe, { at, inEffect }) => (inEffect && at >= 80_000 ? 'bad' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'deviated', probe: 'page' });
    const [undone] = events.filter((one) => one.startsWith('undo')).map((one) => Number(one.split(' ')[1]));
    expect(undone).toBeLessThan(83);
    expect([...inPlace]).toEqual([]);
  });

  test('the first is undone as its time is over, and nobody takes that for the work of somebody else', async () => {
    const [first, second] = method as [MethodStep, MethodStep];
    const { report, events } = await play({
      experiment: { ...experiment, method: [{ ...first, holdMs: 20_000 }, second] },
      takes: { strike: 50_000 },
    });
    expect(events.filter((one) => /strike|undo/.test(one)).map((one) => one.split(' ')[0])).toEqual(
      expect.arrayContaining(['strike', 'strike', 'undo', 'undo']),
    );
    expect(report.verdict).toMatchObject({ is: 'survived' });
  });

  test('nothing more is struck once it is stopped while another is undone', async () => {
    const third = { ...slow, name: 'third', startAfter: ['slow'] };
    const [first, second] = method as [MethodStep, MethodStep];
    const { report, events } = await play({
      experiment: { ...experiment, method: [{ ...first, holdMs: 20_000 }, second, third] },
      ...{ takes: { undo: 50_000 }, stoppedAt: 35_000 },
    });
    expect(report.verdict).toMatchObject({ is: 'aborted' });
    const undone = events.filter((one) => one.startsWith('undo')).map((one) => Number(one.split(' ')[1]));
    expect(undone[0]).toBeLessThan(35);
    expect(undone[1]).toBeLessThan(36);
    expect(events.some((one) => one.includes('third'))).toBe(false);
  });
});

describe('a stop during recovery', () => {
  const during = { stoppedAt: 73_000 };

  test('leaves the recovery to be watched, and aborts what nothing else had ended', async () => {
    const { report } = await play(during);
    expect(report.verdict).toMatchObject({ is: 'aborted', by: 'stop by alice' });
    expect(report.probes[0]?.recovery).toBe('in-time');
  });

  test('changes nothing about what does not recover', async () => {
    const { report } = await play({ ...during, sample: (_, { at }) => (at > 70_500 ? 'bad' : 'good') });
    expect(report.verdict).toMatchObject({ is: 'deviated', why: expect.stringContaining('after the fault') });
  });
});
