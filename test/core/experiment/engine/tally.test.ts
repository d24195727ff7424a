import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeTallies, tallyCounter } from '#core/experiment/engine/tally.ts';
import type { Sample } from '#core/model/sample.ts';
import { testSeed } from '../../../support/test-seed.ts';
import { anExperiment, play } from './an-experiment.ts';

const someSamples: fc.Arbitrary<readonly Sample[]> = fc
  .array(
    fc.record({
      due: fc.nat(60_000),
      is: fc.constantFrom('good' as const, 'bad' as const),
      value: fc.integer({ min: 1, max: 1_000 }),
    }),
    { minLength: 1, maxLength: 300 },
  )
  .map((samples) => samples.toSorted((a, b) => a.due - b.due));

function tallyOf(samples: readonly Sample[]) {
  const counter = tallyCounter(500, 5_000);
  for (const sample of samples) counter.add({ ...sample, due: sample.due + 500 });
  return counter.tally();
}

describe('a tally', () => {
  test('is the same wherever a segment ends, but for the median of the bin that is cut', () => {
    fc.assert(
      fc.property(someSamples, fc.nat(300), (samples, cut) => {
        const parts = mergeTallies(tallyOf(samples.slice(0, cut)), tallyOf(samples.slice(cut)));
        const withoutMedians = ({ bins, ...rest }: typeof parts) => ({
          ...rest,
          bins: bins.map(({ median: _, ...bin }) => bin),
        });
        expect(withoutMedians(parts)).toEqual(withoutMedians(tallyOf(samples)));
      }),
      { seed: testSeed(), numRuns: 50 },
    );
  });

  test('has the median of each bin, also while it is counted on', () => {
    const counter = tallyCounter(0, 1_000);
    for (const value of [30, 10, 20]) counter.add({ due: value, is: 'good', value });
    expect(counter.tally().bins).toMatchObject([{ at: 0, min: 10, median: 20, max: 30 }]);
    counter.add({ due: 40, is: 'good', value: 5 });
    counter.add({ due: 1_000, is: 'good', value: 7 });
    expect(counter.tally().bins).toMatchObject([{ at: 0, min: 5, median: 20, max: 30 }, { median: 7 }]);
  });
});

describe('a report', () => {
  const method = anExperiment().method.map((step) => ({ ...step, holdMs: 10 * 60_000 }));

  test('has bins of what was measured, each of one phase, however long it paused', async () => {
    const { report } = await play({
      experiment: anExperiment({ stages: [{}, {}], pauseMs: 6 * 60 * 60_000 }),
      // The first one in the second in which the fault begins.
      sample: (_, { at }) => (at === 11_500 || at === 13_000 ? 'bad' : 'good'),
      takes: { strike: 1_300 },
    });
    const [probe] = report.probes;
    expect(probe?.binMs).toBe(1_000);
    const bins = probe?.bins ?? [];
    expect(bins.map(({ at }) => at)).toEqual(bins.map(({ at }) => at).toSorted((a, b) => a - b));
    for (const phase of report.phases.filter(({ is }) => is !== 'fault')) {
      const [from, to] = [Date.parse(phase.from), Date.parse(phase.to)];
      expect(bins.filter(({ at, bad }) => at >= from && at < to && bad > 0)).toEqual([]);
    }
  });

  test('has the bad samples of each phase that came last, and how many there were', async () => {
    const { report } = await play({
      experiment: anExperiment({ method, recovery: { withinMs: 60_000 } }),
      // One in 25, and an outage in the end.
      sample: (_, { at }) => (at % 2_500 === 0 || at >= 600_000 ? 'bad' : 'good'),
    });
    const [probe] = report.probes;
    const { is, at } = report.verdict;
    expect(is).toBe('deviated');
    const before = probe?.badSamples.filter((sample) => sample.at <= Date.parse(at)) ?? [];
    expect(before.length).toBeGreaterThan(20);
    expect(before.at(-1)?.at).toBe(Date.parse(at));
    const counted = probe?.phases.reduce((sum, { bad }) => sum + bad, 0) ?? 0;
    expect(counted).toBeGreaterThan(probe?.badSamples.length ?? 0);
    expect(probe?.badSamples.length).toBeLessThanOrEqual(200);
  });
});
