import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '#core/model/experiment.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { anExperiment, play, type Weather } from '../../core/experiment/engine/an-experiment.ts';
import { anExecution } from './a-durable-experiment.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment());
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

const [slow] = anExperiment().method;
const { steadyState } = anExperiment();
const probes = steadyState.probes.map((probe) => ({ ...probe, everyMs: 500 }));
const short = (overrides: Partial<Experiment> = {}): Experiment =>
  anExperiment({
    steadyState: { ...steadyState, probes },
    method: slow === undefined ? [] : [{ ...slow, holdMs: 30_000 }],
    recovery: { withinMs: 20_000 },
    ...overrides,
  });
const ramp = (pauseMs: number) =>
  short({ stages: [{ slow: { select: { count: 1 } } }, { slow: { select: { count: 2 } } }], pauseMs });
const badUnderFault: Weather['sample'] = (_, { inEffect }) => (inEffect ? 'bad' : 'good');

/** Whether a sample falls into the moments in which faults come and go is up to the machine. */
function lasting(report: ExperimentReport | undefined): readonly string[] | undefined {
  return report?.phases.flatMap(({ is }) => (is === 'injecting' || is === 'undoing' ? [] : [is]));
}

describe('an experiment on the durable host', () => {
  test.each<readonly [string, Weather]>([
    ['survived', {}],
    ['deviated', { sample: badUnderFault }],
    ['not-steady', { sample: () => 'bad' }],
    ['inconclusive', { sample: (_, { inEffect }) => (inEffect ? 'unmeasured' : 'good') }],
    ['aborted', { isStoppedInEffect: true }],
    ['failed', { outcome: 'failed' }],
    ['failed', { closed: 'gate schedule: closed' }],
    ['undo-failed', { undoFails: 1_000 }],
  ])('comes to the verdict %s as on the plain host, and keeps it', async (verdict, weather) => {
    const experiment = short();
    const { result, inPlace } = await anExecution({ ...weather, experiment });
    const { status, report, record } = await result();
    const plain = await play({ ...weather, experiment });
    expect(plain.report.verdict.is).toBe(verdict);
    expect(report?.verdict).toMatchObject({ is: verdict });
    expect(lasting(report)).toEqual(lasting(plain.report));
    expect([...inPlace]).toEqual([...plain.inPlace]);
    expect(status).toBe('SUCCEEDED');
    expect(record?.ended).toMatchObject({ verdict, why: report?.verdict.why });
  });
});

describe('what goes wrong in an execution', () => {
  test.each(['resolve slow', 'strike slow', 'undo', 'stopped', 'lease', 'recovered', 'report', 'end'])(
    'a throw in %s leaves nothing in place, and no execution without a verdict',
    async (failing) => {
      let calls = 0;
      const onCall = (call: string) => {
        if (!call.startsWith(failing)) return;
        calls += 1;
        // Some are called by every segment: they fail under the fault.
        if (calls === (['stopped', 'lease'].includes(failing) ? 4 : 1)) throw new TypeError('no answer');
      };
      const { result, inPlace, news } = await anExecution({ experiment: short(), onCall });
      const { report, record, status } = await result();
      expect([...inPlace]).toEqual([]);
      expect(status).toBe('SUCCEEDED');
      expect(news.at(-1)).toMatchObject({ is: 'ended', report: { verdict: report?.verdict } });
      const isHarmless = ['undo', 'recovered', 'report', 'end'].includes(failing);
      expect(report?.verdict.is).toBe(isHarmless ? 'survived' : 'failed');
      if (!isHarmless) expect(report?.verdict.why).toContain('TypeError: no answer');
      expect(record?.ended?.verdict).toBe(report?.verdict.is);
    },
  );

  test('is not struck again, whatever became of the first time', async () => {
    const onCall = (call: string) => {
      if (call.startsWith('strike')) throw new TypeError('no answer');
    };
    const { result, events } = await anExecution({ experiment: short(), onCall });
    const { operations, invocations } = await result();
    expect(operations).toContain('v2/inject/1/slow FAILED');
    expect(events.filter((one) => one.startsWith('undo'))).toHaveLength(1);
    expect(invocations).toBe(1);
  });
});

describe('an execution of several invocations', () => {
  test('goes on after each pause where it was: nothing is done twice, and every step has its name', async () => {
    const { result, events, overs } = await anExecution({ experiment: ramp(1_000) });
    const { operations, invocations, report } = await result();
    expect(report?.verdict).toMatchObject({ is: 'survived' });
    expect(
      events.map((one) => one.replace(/ [\d.]+$/, '')).filter((one) => !one.startsWith('close')),
    ).toEqual([
      ...['resolve slow 1', 'strike slow 1', 'undo', 'recovered'],
      ...['resolve slow 2', 'strike slow 2', 'undo', 'recovered'],
    ]);
    // The runner may wake it once more than it needs to.
    expect(invocations).toBeGreaterThan(1);
    expect(overs.every(({ aborted }) => aborted)).toBe(true);
    expect(operations).toEqual([
      'v2/order SUCCEEDED',
      'v2/begin SUCCEEDED',
      'v2/baseline/1 SUCCEEDED',
      'v2/baseline/1/segment/0 SUCCEEDED',
      'v2/resolve/1/slow SUCCEEDED',
      'v2/inject/1/slow SUCCEEDED',
      'v2/fault/1/segment/0 SUCCEEDED',
      'v2/in-place/1/0 SUCCEEDED',
      'v2/undo/1/0 SUCCEEDED',
      'v2/recovery/1/segment/0 SUCCEEDED',
      'v2/recovered/1 SUCCEEDED',
      'v2/wait/1 SUCCEEDED',
      'v2/pause/1/callback TIMED_OUT',
      'v2/pause/1/listen SUCCEEDED',
      'v2/baseline/2 SUCCEEDED',
      'v2/baseline/2/segment/0 SUCCEEDED',
      'v2/resolve/2/slow SUCCEEDED',
      'v2/inject/2/slow SUCCEEDED',
      'v2/fault/2/segment/0 SUCCEEDED',
      'v2/in-place/2/0 SUCCEEDED',
      'v2/undo/2/0 SUCCEEDED',
      'v2/recovery/2/segment/0 SUCCEEDED',
      'v2/recovered/2 SUCCEEDED',
      'v2/end SUCCEEDED',
      'v2/report SUCCEEDED',
      'v2/ended SUCCEEDED',
      'v2/tell-ended SUCCEEDED',
    ]);
  });

  test('hands over to another invocation under a long fault, and measures on', async () => {
    const experiment = short({
      method: slow === undefined ? [] : [{ ...slow, holdMs: 6 * 60_000 }],
    });
    const { result, events } = await anExecution({ experiment, times: 100 });
    const { operations, invocations, report } = await result();
    expect(report?.verdict).toMatchObject({ is: 'survived' });
    expect(invocations).toBe(2);
    expect(operations.filter((one) => one.includes('breath'))).toHaveLength(1);
    expect(events.filter((one) => one.startsWith('strike'))).toHaveLength(1);
    expect(lasting(report)).toEqual(['baseline', 'fault', 'recovery']);
    expect(report?.probes[0]?.phases.at(-1)).toMatchObject({ is: 'recovery', bad: 0 });
  });

  test('a stop wakes it from a pause', async () => {
    const { runner, ledger, run, result, stop } = await anExecution({ experiment: ramp(3_600_000) });
    const callback = runner.getOperation('v2/pause/1/callback');
    await runner.getOperation('v2/pause/1/listen').waitForData(WaitingOperationStatus.COMPLETED);
    const record = await ledger.experiment(run.id);
    expect(record).toMatchObject({ isWaiting: true, wakeUp: callback.getCallbackDetails()?.callbackId });
    stop();
    await callback.sendCallbackSuccess('');
    const { report, operations } = await result();
    expect(report?.verdict).toMatchObject({ is: 'aborted', by: 'stop by alice' });
    expect(operations).toContain('v2/pause/1/callback SUCCEEDED');
    expect(report?.stages).toEqual({ reached: 1, planned: 2 });
  });

  test('does not go to sleep where somebody has stopped it already', async () => {
    const stop = { by: 'alice', reason: 'no', at: '2026-11-23T09:00:00.000Z' };
    const execution = await anExecution({
      experiment: ramp(3_600_000),
      onCall: (call) => {
        if (call !== 'recovered') return;
        void execution.ledger.stopExperiment(execution.run.id, stop);
        execution.stop();
      },
    });
    const { report, operations } = await execution.result();
    expect(operations).toContain('v2/pause/1/callback STARTED');
    expect(report?.verdict.is).toBe('aborted');
  });

  test('looks for the recovery after a stop, which no longer matters then', async () => {
    const { result } = await anExecution({ experiment: short(), isStoppedInEffect: true });
    const { report } = await result();
    expect(report?.verdict.is).toBe('aborted');
    expect(report?.phases.at(-1)?.is).toBe('recovery');
    expect(report?.probes[0]?.recovery).toBeDefined();
  });
});
