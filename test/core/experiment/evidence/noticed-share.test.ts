import { describe, expect, test } from 'vitest';
import { addSample, isDeviated, startEvidence, startStage } from '#core/experiment/evidence/evidence.ts';
import { independentSamples, noticedShare, outageSamples } from '#core/experiment/evidence/noticed-share.ts';
import { seededUniform } from '#core/experiment/evidence/seeded-uniform.ts';
import { aPlan } from './a-plan.ts';

const shareOf = (bad: number, samples: number) => noticedShare(aPlan({ tolerance: { bad }, samples })) ?? 1;

describe('the smallest share that is noticed', () => {
  const late = [
    { hidden: 0, shown: 90 },
    { hidden: 30, shown: 60 },
  ];
  test.each([
    [{ tolerance: { bad: 0.01 }, samples: 300 }],
    [{ tolerance: { bad: 0.1 }, samples: 180, probes: 3, stages: 3 }],
    [{ tolerance: { bad: 0.1 }, samples: 180, probes: 3, stages: 2, ofStages: late }],
    [{ tolerance: { bad: 0.05 }, samples: 100, everyMs: 50 }],
  ])('is noticed with 95 %% in the last stage, in other histories too: %j', (overrides) => {
    const plan = aPlan(overrides);
    const stage = plan.stages;
    const share = noticedShare(plan) ?? 1;
    const histories = 1_000;
    let noticed = 0;
    for (let seed = 1; seed <= histories; seed += 1) {
      const nextBad = independentSamples(share, seededUniform(1_000_000 + seed));
      let evidence = startEvidence(plan);
      let due = 0;
      const add = (is: 'good' | 'bad', count: number) => {
        for (let place = 0; place < count && !isDeviated(evidence); place += 1) {
          due += plan.everyMs;
          evidence = addSample(evidence, { due, is });
        }
      };
      for (const [index, { hidden, shown }] of plan.ofStages.slice(0, stage).entries()) {
        evidence = startStage(evidence, due);
        add('good', index + 1 < stage ? hidden + shown : hidden);
      }
      const { shown = 0 } = plan.ofStages[stage - 1] ?? {};
      for (let place = 0; place < shown && !isDeviated(evidence); ) {
        const bad = Math.min(nextBad(place), shown);
        add('good', bad - place);
        if (bad < shown) add('bad', 1);
        place = bad + 1;
      }
      if (isDeviated(evidence)) noticed += 1;
    }
    expect(noticed / histories).toBeGreaterThan(0.925);
    expect(noticed / histories).toBeLessThan(0.975);
  });

  test('is greater where it has to hold for several stages, and where faults are not sure to show at once', () => {
    const one = noticedShare(aPlan({ samples: 300 })) ?? 1;
    const two = noticedShare(aPlan({ samples: 600, stages: 2 })) ?? 0;
    const ofStages = [
      { hidden: 150, shown: 300 },
      { hidden: 0, shown: 300 },
    ];
    const late = noticedShare(aPlan({ samples: 750, stages: 2, ofStages })) ?? 0;
    expect(one).toBeLessThan(two);
    expect(two).toBeLessThan(late);
  });

  test('is smaller with more samples, and greater where more is tolerated', () => {
    const bySamples = [20, 60, 300].map((samples) => shareOf(0.01, samples));
    expect(bySamples).toEqual(bySamples.toSorted((a, b) => b - a));
    expect(new Set(bySamples).size).toBe(3);
    const byTolerance = [0, 0.001, 0.01, 0.05].map((bad) => shareOf(bad, 60));
    expect(byTolerance).toEqual(byTolerance.toSorted((a, b) => a - b));
    expect(new Set(byTolerance).size).toBe(4);
  });

  test('is always the same, whoever asks and whenever', () => {
    expect(noticedShare(aPlan())).toBeCloseTo(0.1375865062534434, 12);
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

test('shares that are noticed in a stage deviate, and lesser ones do not', () => {
  const plan = aPlan({
    tolerance: { bad: 0.1 },
    measures: 'shares',
    everyMs: 60_000,
    samples: 24,
    stages: 2,
  });
  const deviates = (share: number) => {
    let evidence = startEvidence(plan);
    for (let minute = 0; minute < 24; minute += 1) {
      const due = minute * 60_000;
      if (minute % 12 === 0) evidence = startStage(evidence, due);
      evidence = addSample(evidence, { due, is: 'bad', value: minute < 12 ? 0 : share });
    }
    return isDeviated(evidence);
  };
  const noticed = noticedShare(plan) ?? 1;
  expect(deviates(noticed)).toBe(true);
  expect(deviates(noticed / 1.011)).toBe(false);
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
    expect(outageSamples(aPlan(overrides), 1)).toBe(samples);
  });

  test('takes longer where the faults of a stage are not sure to show at once', () => {
    const ofStages = [{ hidden: 355, shown: 1_145 }];
    const late = outageSamples(aPlan({ samples: 1_500, ofStages }), 1);
    expect(late).toBeGreaterThan(outageSamples(aPlan({ samples: 1_500 }), 1));
    expect(late).toBeLessThanOrEqual(16);
  });
});
