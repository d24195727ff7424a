import { describe, expect, test } from 'vitest';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { play, startsAt } from './an-experiment.ts';

/** In seconds since the beginning. */
const spans = ({ phases }: ExperimentReport) =>
  phases.map(({ is, from, to }) =>
    [is, ...[from, to].map((at) => (Date.parse(at) - startsAt) / 1_000)].join(' '),
  );
const rows = ({ probes }: ExperimentReport) =>
  probes[0]?.phases.map(({ is, good, bad }) => `${is} ${good} ${bad}`);

describe('the phases of an experiment', () => {
  test('count what is measured while a step strikes neither for the steady state nor for the fault', async () => {
    // It takes a second to strike, and shows at once.
    const { report } = await play({ sample: (_, { at }) => (at > 10_000 && at < 11_000 ? 'bad' : 'good') });
    expect(spans(report).slice(0, 3)).toEqual(['baseline 0 10', 'injecting 10 11', 'fault 11 71']);
    expect(rows(report)?.slice(0, 3)).toEqual(['baseline 101 0', 'injecting 0 9', 'fault 601 0']);
    expect(report.verdict.is).toBe('survived');
  });

  test('have nothing between them where a fault comes and goes in a moment', async () => {
    const { report } = await play({ takes: { strike: 40, undo: 40 } });
    expect(spans(report).slice(0, 2)).toEqual(['baseline 0 10.04', 'fault 10.04 70.08']);
    expect(rows(report)).toHaveLength(3);
  });

  test('name one moment at which a fault ends: when it was undone', async () => {
    const { report } = await play({
      takes: { undo: 5_000 },
      sample: (_, { at }) => (at > 71_000 && at < 74_000 ? 'bad' : 'good'),
    });
    const [strike] = report.strikes;
    const [undoing, recovery] = report.phases.slice(3);
    expect(spans(report)).toContain('undoing 71 76');
    expect(undoing?.to).toBe(strike?.to);
    expect(recovery).toMatchObject({ is: 'recovery', from: strike?.to });
    // It was good again before.
    expect(report.probes[0]).toMatchObject({ recovery: 'in-time', recoveredAfterMs: 0 });
    expect(rows(report)).toContain('undoing 20 29');
  });

  test('count the recovery from then on', async () => {
    const { report } = await play({
      takes: { undo: 5_000 },
      sample: (_, { at }) => (at > 71_000 && at < 78_000 ? 'bad' : 'good'),
    });
    expect(report.probes[0]).toMatchObject({ recovery: 'in-time', recoveredAfterMs: 2_000 });
  });

  test('waste no time: what is good while a fault is being undone counts for the recovery', async () => {
    const { report } = await play({ takes: { undo: 12_000 } });
    expect(spans(report).at(-2)).toBe('undoing 71 83');
    // A baseline takes 10 s.
    expect(Date.parse(report.phases.at(-1)?.to ?? '') - startsAt).toBeLessThan(84_000);
  });

  test('end with the fault where it could not be undone', async () => {
    const { report } = await play({ undoFails: 1_000 });
    expect(report.verdict.is).toBe('undo-failed');
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'injecting', 'fault']);
    expect(Date.parse(report.phases.at(-1)?.to ?? '') - startsAt).toBeGreaterThan(71_000 + 60_000);
  });

  test('are those of a fault that was struck in part, and of one that was not', async () => {
    const failed = await play({ outcome: 'failed' });
    expect(failed.report.phases.map(({ is }) => is)).toEqual(['baseline', 'injecting']);
    const unknown = await play({ outcome: 'unknown' });
    expect(unknown.report.phases.map(({ is }) => is)).toEqual(['baseline', 'injecting', 'fault', 'recovery']);
  });

  test('are without an injection in a rehearsal', async () => {
    const { report } = await play({ rehearsal: true, takes: { undo: 1_000 } });
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline', 'fault', 'recovery']);
  });
});
