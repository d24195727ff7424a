import { describe, expect, test } from 'vitest';
import { anExperiment, play } from './an-experiment.ts';

const struckAt = (events: readonly string[]) =>
  events.filter((one) => one.startsWith('strike')).map((one) => Number(one.split(' ').at(-1)));

describe('the steady state, while targets are looked for', () => {
  const down =
    (from: number) =>
    (_: string, { at }: { readonly at: number }) =>
      at >= from ? 'bad' : 'good';

  test.each([
    ['for long', 45_000],
    ['for as long as it usually takes', 2_000],
    ['for as long as an outage may be a burst', 1_000],
  ])('is judged %s, and the fault is not blamed for what is down', async (_, resolve) => {
    const { report, events } = await play({ takes: { resolve }, sample: down(10_500) });
    expect(report.verdict).toMatchObject({ is: 'not-steady', probe: 'page' });
    expect(report.verdict.why).toContain('before anything was injected');
    expect(report.probes[0]).toMatchObject({ is: 'not-steady' });
    expect(struckAt(events)).toEqual([]);
    expect(events.filter((one) => one.startsWith('recovered'))).toEqual([]);
    expect(report.phases.map(({ is }) => is)).toEqual(['baseline']);
  });

  test('ends it as soon as evidence is enough, whatever is still being looked for', async () => {
    const { report, took } = await play({ takes: { resolve: 45_000 }, sample: down(12_000) });
    expect(report.verdict.is).toBe('not-steady');
    expect(took).toBeLessThan(16_000);
  });

  test('is not to blame for what is bad while something may be in place already', async () => {
    const { steadyState } = anExperiment();
    const probes = steadyState.probes.map((probe) => ({ ...probe, tolerance: { bad: 0 } }));
    const { report } = await play({
      experiment: anExperiment({ steadyState: { ...steadyState, probes } }),
      // It takes a second to strike.
      sample: (_, { at }) => (at > 10_300 && at < 10_600 ? 'bad' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'survived' });
  });

  test('is judged by the number of bad samples too', async () => {
    // Every twelfth sample: by chance in 100, and hardly in 550.
    const { report, events } = await play({
      takes: { resolve: 45_000 },
      sample: (_, { at }) => ((at / 100) % 12 === 5 ? 'bad' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'not-steady', why: expect.stringContaining('by chance') });
    expect(struckAt(events)).toEqual([]);
  });

  test('may have its bad samples', async () => {
    const { report, events } = await play({
      takes: { resolve: 45_000 },
      sample: (_, { at }) => ((at / 100) % 50 === 20 ? 'bad' : 'good'),
    });
    expect(report.verdict).toMatchObject({ is: 'survived' });
    expect(struckAt(events)).toEqual([55]);
    const [baseline, fault] = report.probes[0]?.phases ?? [];
    expect(baseline).toMatchObject({ is: 'baseline', stage: 1 });
    expect((baseline?.good ?? 0) + (baseline?.bad ?? 0)).toBeGreaterThan(550);
    expect((fault?.good ?? 0) + (fault?.bad ?? 0)).toBeLessThan(615);
  });

  test('ends a later stage as inconclusive: something was injected before', async () => {
    const experiment = anExperiment({ stages: [{}, { slow: { select: { count: 2 } } }] });
    const calm = await play({ experiment, takes: { resolve: 5_000 } });
    const [, second = 0] = struckAt(calm.events);
    const { report, events } = await play({
      ...{ experiment, takes: { resolve: 5_000 } },
      sample: down(second * 1_000 - 4_000),
    });
    expect(report.verdict).toMatchObject({ is: 'inconclusive', probe: 'page' });
    expect(report.verdict.why).toContain('did not come back before stage 2');
    expect(struckAt(events)).toHaveLength(1);
  });

  test('is judged in a rehearsal as in earnest', async () => {
    const { report } = await play({ rehearsal: true, takes: { resolve: 2_000 }, sample: down(10_500) });
    expect(report.verdict.is).toBe('not-steady');
  });
});
