import { describe, expect, test } from 'vitest';
import type { Experiment } from '#core/model/experiment.ts';
import type { Sample } from '#core/model/sample.ts';
import { anExperiment, play } from './an-experiment.ts';

/** Four stages of a minute at 5/s, of which 5 % may be bad. */
const [page] = anExperiment().steadyState.probes as [Experiment['steadyState']['probes'][number]];
const ramp = anExperiment({
  steadyState: {
    ...anExperiment().steadyState,
    probes: [{ ...page, everyMs: 200 }],
  },
  stages: [1, 2, 3, 4].map((count) => ({ slow: { select: { count } } })),
});

/** Every so many samples, under faults of some stages. Each stage has one more of them in place. */
function underFault(stages: readonly number[], is: Sample['is'], places: (index: number) => boolean) {
  let [stage, index, was] = [0, 0, false];
  return (_: string, { inEffect }: { readonly inEffect: boolean }): Sample['is'] => {
    if (inEffect && !was) [stage, index] = [stage + 1, 0];
    was = inEffect;
    index += 1;
    return inEffect && stages.includes(stage) && places(index) ? is : 'good';
  };
}
const everyNth = (n: number) => (index: number) => index % n === 0;

describe('a stage', () => {
  test('that was not measured has not survived: the next one strikes nothing', async () => {
    const { report, events } = await play({
      experiment: ramp,
      sample: underFault([1], 'unmeasured', () => true),
    });
    expect(report.verdict).toMatchObject({ is: 'inconclusive', probe: 'page' });
    expect(report.verdict.why).toContain('in stage 1');
    expect(report.stages).toEqual({ reached: 1, planned: 4 });
    expect(events.filter((one) => one.startsWith('strike'))).toHaveLength(1);
  });

  test('in which more was bad than tolerated has not, however good the others may be', async () => {
    // 6.7 % of 5 % allowed.
    const { report } = await play({ experiment: ramp, sample: underFault([1], 'bad', everyNth(15)) });
    expect(report.verdict).toMatchObject({ is: 'inconclusive' });
    expect(report.verdict.why).toMatch(/in stage 1 6.7 % of the samples were bad/);
    expect(report.stages.reached).toBe(1);
  });

  test('that is the last is judged by its own samples', async () => {
    // 8.3 %, and 2.1 % of all four stages.
    const { report } = await play({ experiment: ramp, sample: underFault([4], 'bad', everyNth(12)) });
    expect(report.stages.reached).toBe(4);
    expect(report.verdict.is).not.toBe('survived');
    expect(report.next.join()).not.toContain('Scale up');
  });

  test('is promised no more than the worst of them shows', async () => {
    const { report } = await play({ experiment: ramp, sample: underFault([3], 'bad', everyNth(25)) });
    expect(report.verdict).toMatchObject({ is: 'survived', why: expect.stringContaining('in each stage') });
    const { notices = 0, below = 0 } = report.probes[0] ?? {};
    // 12 of 300, and not of 1,200.
    expect(below).toBeCloseTo(0.064, 2);
    expect(notices).toBeGreaterThan(0.12);
  });

  test('takes as unmeasured what was lost under its faults', async () => {
    const { report } = await play({ experiment: ramp, sample: underFault([2], 'unmeasured', everyNth(11)) });
    expect(report.verdict).toMatchObject({
      is: 'inconclusive',
      why: expect.stringMatching(/in stage 2 only 27. of 30/),
    });
    expect(report.stages.reached).toBe(2);
  });
});

describe('a fault that takes its time to show', () => {
  const experiment = anExperiment({
    method: anExperiment().method.map((step) => ({ ...step, holdMs: 90_000 })),
  });

  test('is noticed less: only what comes once it is sure to show is promised', async () => {
    const at = (showsAfterMs: number) => play({ experiment, showsAfterMs });
    const [atOnce, late] = [(await at(0)).report, (await at(60_000)).report];
    expect(late.verdict.is).toBe('survived');
    const [soon, later] = [atOnce, late].map(({ probes }) => probes[0]);
    expect(later?.notices).toBeGreaterThan(1.3 * (soon?.notices ?? 1));
    expect(later?.below).toBeGreaterThan(2 * (soon?.below ?? 1));
  });

  test('survives nothing where it may not have shown at all', async () => {
    const { report } = await play({ experiment, showsAfterMs: 90_000 });
    expect(report.verdict).toMatchObject({
      is: 'inconclusive',
      why: expect.stringContaining('0 samples are too few'),
    });
  });

  test('deviates as soon as it shows, be that earlier', async () => {
    const { report } = await play({
      ...{ experiment, showsAfterMs: 60_000 },
      sample: (_, { inEffect }) => (inEffect ? 'bad' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'deviated' });
    expect(report.probes[0]?.detectedAfterMs).toBeLessThan(3_000);
  });
});
