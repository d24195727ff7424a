import { describe, expect, test } from 'vitest';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { stepNames } from '#core/experiment/engine/step-names.ts';
import { experimentEnd } from '#core/reports/experiment-end.ts';
import { ExperimentReport } from '#core/reports/experiment-report.ts';
import { anExperiment, play } from './an-experiment.ts';

const ramp = anExperiment({ stages: [{}, { slow: { select: { count: 2 } } }], pauseMs: 20_000 });
const callsOf = (events: readonly string[], call: string) => events.filter((one) => one.startsWith(call));

describe('where a stage could not be undone', () => {
  // So often that it is undone later, with the second stage, if there were one.
  test.each([1_000, 27])('it all ends there, if undoing fails %i times', async (undoFails) => {
    const { report, events, leases } = await play({ experiment: ramp, undoFails });
    expect(report.verdict).toMatchObject({ is: 'undo-failed' });
    expect(report.stages).toEqual({ reached: 1, planned: 2 });
    expect(callsOf(events, 'strike')).toHaveLength(1);
    expect(callsOf(events, 'recovered')).toEqual([]);
    expect(report.probes[0]).toMatchObject({ recovery: 'unknown' });
    expect(report.probes[0]).not.toHaveProperty('recoveredAfterMs');
    // No wait with something in place.
    expect(Math.max(...leases)).toBe(90_000);
  });

  test('it goes on once it is undone after all', async () => {
    const { report, events } = await play({ experiment: ramp, undoFails: 20 });
    expect(report.verdict).toMatchObject({ is: 'survived' });
    expect(callsOf(events, 'recovered')).toHaveLength(2);
  });

  test('the report keeps that it has deviated', async () => {
    const { report } = await play({
      ...{ experiment: ramp, undoFails: 1_000 },
      sample: (_, { inEffect }) => (inEffect ? 'bad' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'undo-failed', deviated: expect.stringContaining('page: ') });
    expect(report.probes[0]).toMatchObject({ is: 'deviated', why: expect.any(String) });
    expect(ExperimentReport.parse(report)).toEqual(report);
    expect(experimentEnd(report)).toMatchObject({ verdict: 'undo-failed', hasDeviated: true });
    expect(report.next.join()).toContain('Write down what was learned');
    const { report: survivor } = await play({ experiment: ramp, undoFails: 1_000 });
    expect(experimentEnd(survivor)).not.toHaveProperty('hasDeviated');
  });
});

describe('where a process dies as it strikes', () => {
  test('what it may have struck is undone, and the recovery is judged', async () => {
    let strikes = 0;
    const { report, events, inPlace } = await play({
      host: (...given) => {
        const host = plainHost(...given);
        return {
          ...host,
          step: async (name, shape, work) => {
            const result = await host.step(name, shape, work);
            if (name !== stepNames.inject(1, 'slow')) return result;
            strikes += 1;
            throw new Error('StepInterruptedError');
          },
        };
      },
    });
    expect(strikes).toBe(1);
    expect(report.verdict).toMatchObject({ is: 'failed', why: expect.stringContaining('StepInterrupted') });
    expect([...inPlace]).toEqual([]);
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'recovery']);
    expect(report.probes[0]).toMatchObject({ recovery: 'in-time' });
    expect(report.next.join()).toContain('What may have been injected was undone.');
    expect(callsOf(events, 'recovered')).toHaveLength(1);
  });

  test('there is none where nothing was struck', async () => {
    const { report } = await play({
      onCall: (call) => {
        if (call.startsWith('resolve')) throw new Error('Throttled');
      },
    });
    expect(report.verdict.is).toBe('failed');
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline']);
  });
});
