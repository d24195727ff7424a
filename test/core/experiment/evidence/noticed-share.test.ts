import { describe, expect, test } from 'vitest';
import { firstAlarm } from '#core/experiment/evidence/first-alarm.ts';
import { independentSamples, noticedShare, outageSamples } from '#core/experiment/evidence/noticed-share.ts';
import { seededUniform } from '#core/experiment/evidence/seeded-uniform.ts';
import { aPlan } from './a-plan.ts';

const shareOf = (bad: number, samples: number) => noticedShare(aPlan({ tolerance: { bad }, samples })) ?? 1;

describe('the smallest share that is noticed', () => {
  test.each([
    [{ tolerance: { bad: 0.01 }, samples: 300 }],
    [{ tolerance: { bad: 0.1 }, samples: 60, probes: 3, stages: 3 }],
    [{ tolerance: { bad: 0.05 }, samples: 100, everyMs: 50 }],
  ])('is noticed with 95 %% in other histories too: %j', (overrides) => {
    const plan = aPlan(overrides);
    const share = noticedShare(plan) ?? 1;
    const histories = 1_000;
    let noticed = 0;
    for (let seed = 1; seed <= histories; seed += 1) {
      const nextBad = independentSamples(share, seededUniform(1_000_000 + seed));
      if (firstAlarm(plan, nextBad) <= plan.samples) noticed += 1;
    }
    expect(noticed / histories).toBeGreaterThan(0.925);
    expect(noticed / histories).toBeLessThan(0.975);
  });

  test('is smaller with more samples, and greater where more is tolerated', () => {
    const bySamples = [20, 60, 300].map((samples) => shareOf(0.01, samples));
    expect(bySamples).toEqual(bySamples.toSorted((a, b) => b - a));
    expect(new Set(bySamples).size).toBe(3);
    const byTolerance = [0, 0.001, 0.01, 0.05].map((bad) => shareOf(bad, 60));
    expect(byTolerance).toEqual(byTolerance.toSorted((a, b) => a - b));
    expect(new Set(byTolerance).size).toBe(4);
  });

  test('is always the same', () => {
    expect(noticedShare(aPlan())).toBe(noticedShare(aPlan()));
  });

  test('is about a quarter in the demo', () => {
    expect(noticedShare(aPlan({ everyMs: 50, samples: 100 }))).toBeCloseTo(0.24, 1);
  });

  test('follows from the number of samples where nothing is tolerated', () => {
    expect(1 - (1 - shareOf(0, 60)) ** 60).toBeCloseTo(0.95, 12);
  });

  test('is undefined where even an outage is not noticed, and for states', () => {
    expect(noticedShare(aPlan({ samples: 4 }))).toBeUndefined();
    expect(noticedShare(aPlan({ samples: 5 }))).toBeGreaterThan(0.98);
    expect(noticedShare(aPlan(), 4)).toBeUndefined();
    expect(noticedShare(aPlan({ tolerance: { badForMs: 0 } }))).toBeUndefined();
  });

  test('of shares that are constant is greater than tolerated, and smaller with more of them', () => {
    const minutes = (samples: number, bad = 0.01) =>
      noticedShare(aPlan({ tolerance: { bad }, measures: 'shares', everyMs: 60_000, samples }));
    expect(minutes(1)).toBeUndefined();
    expect(minutes(5)).toBeLessThan(0.2);
    expect(minutes(60)).toBeLessThan(minutes(5) ?? 0);
    expect(minutes(60)).toBeGreaterThan(0.01);
    expect(minutes(5, 0)).toBe(0);
  });
});

describe('an outage', () => {
  test.each([
    [{ tolerance: { bad: 0.01 } }, 4],
    [{ tolerance: { bad: 0.05 } }, 5],
    [{ tolerance: { bad: 0.05 }, everyMs: 50 }, 12],
    [{ tolerance: { bad: 0.01 }, everyMs: 1_000 / 62 }, 32],
    [{ tolerance: { bad: 0.05 }, probes: 5, stages: 4 }, 6],
    [{ tolerance: { bad: 0.5 } }, 10],
    [{ tolerance: { bad: 0 } }, 1],
  ])('of %j takes %d samples', (overrides, samples) => {
    expect(outageSamples(aPlan(overrides))).toBe(samples);
  });
});
