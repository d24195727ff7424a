import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addSample,
  Evidence,
  endStage,
  isDeviated,
  log10OfEvidence,
  startEvidence,
  startStage,
} from '#core/experiment/evidence/evidence.ts';
import { firstAlarm } from '#core/experiment/evidence/first-alarm.ts';
import { boundOf } from '#core/experiment/evidence/plan.ts';
import type { Sample } from '#core/model/sample.ts';
import { parse } from '#core/util/parse.ts';
import { aPlan } from './a-plan.ts';
import { evidenceOf, samplesOf } from './some-samples.ts';

const started = (overrides = {}) => startStage(startEvidence(aPlan(overrides)), 0);
const letters = fc.string({ unit: fc.constantFrom('g', 'g', 'b', 'u'), maxLength: 60 });

describe('evidence', () => {
  test('refutes a share once it reaches the bound, and not before', () => {
    const steps = 'bbbbbb';
    const first = [...steps].findIndex((_, index) =>
      isDeviated(evidenceOf(aPlan(), steps.slice(0, index + 1))),
    );
    expect(first).toBe(4);
    expect(log10OfEvidence(evidenceOf(aPlan(), 'bbbb'))).toBeLessThan(2);
    expect(log10OfEvidence(evidenceOf(aPlan(), 'bbbbb'))).toBeGreaterThanOrEqual(2);
  });

  test('takes more of it where more probes share the false alarms', () => {
    expect(boundOf(aPlan({ probes: 5 }))).toBe(500);
    expect(isDeviated(evidenceOf(aPlan({ probes: 100 }), 'bbbbb'))).toBe(false);
  });

  test('stays refuted, and stays what it was then', () => {
    const then = evidenceOf(aPlan(), 'bbbbb');
    const later = evidenceOf(aPlan(), `bbbbb${'g'.repeat(200)}`);
    expect(later.deviated).toEqual({ at: 800, since: 0, of: { bad: 5, measured: 5 } });
    expect(log10OfEvidence(later)).toBe(log10OfEvidence(then));
    expect(later.measured).toBe(205);
  });

  test('says which samples decided: those since it broke, and not all that were good before', () => {
    const late = evidenceOf(aPlan({ samples: 3_500 }), `${'g'.repeat(3_000)}${'b'.repeat(20)}`);
    expect(late.bad / late.measured).toBeLessThan(0.05);
    expect(late.deviated).toMatchObject({ since: 600_000 });
    const { bad = 0, measured = 0 } = late.deviated?.of ?? {};
    expect(bad).toBe(measured);
    expect(600_000 + (measured - 1) * 200).toBe(late.deviated?.at);
    const worse = evidenceOf(aPlan({ samples: 3_500 }), `${'g'.repeat(2_000)}${'gggb'.repeat(100)}`);
    expect(worse.deviated?.since).toBeGreaterThan(395_000);
    expect(worse.deviated?.since).toBeLessThan(410_000);
  });

  test('is the same after a round trip through JSON at any moment', () => {
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const plan = aPlan({ stages: 2 });
        const halfway = evidenceOf(plan, before);
        const parsed = parse(Evidence, JSON.parse(JSON.stringify(halfway)), 'evidence');
        const [one, other] = [halfway, parsed].map((evidence) =>
          samplesOf(after).reduce((sum, sample) => addSample(sum, sample), startStage(evidence, 0)),
        );
        expect(other).toEqual(one);
        expect(parse(Evidence, JSON.parse(JSON.stringify(one)), 'evidence')).toEqual(one);
      }),
    );
  });

  test('is not changed by what is added to it', () => {
    const before = started();
    const text = JSON.stringify(before);
    addSample(before, { due: 0, is: 'bad' });
    endStage(before, 5);
    startStage(startEvidence(aPlan()), 0);
    expect(JSON.stringify(before)).toBe(text);
  });

  test('passes over what is unmeasured, and what the fault has not reached', () => {
    const one = evidenceOf(aPlan(), 'gbug');
    expect(one).toMatchObject({ measured: 3, unmeasured: 1, bad: 1 });
    expect(one.wealth).toEqual(evidenceOf(aPlan(), 'gbg').wealth);
    const early = addSample(started(), { due: 0, is: 'bad' }, 'none');
    expect(early).toMatchObject({ measured: 0, bad: 0 });
    expect(early.wealth).toEqual(started().wealth);
  });

  test('before a fault is sure to show speaks against it, and is no sample of those that are counted', () => {
    const letters = samplesOf('gbbbb');
    const [hidden, shown] = (['hidden', 'shown'] as const).map((effect) =>
      letters.reduce((sum, sample) => addSample(sum, sample, effect), started()),
    );
    expect(hidden).toMatchObject({ measured: 0, unmeasured: 0, bad: 0, longestGapMs: 0 });
    expect(hidden?.wealth).toEqual(shown?.wealth);
    // Nor is what is not measured then a gap.
    const lost = samplesOf('uuuu').reduce((sum, sample) => addSample(sum, sample, 'hidden'), started());
    expect(lost).toMatchObject({ unmeasured: 0, longestGapMs: 0 });
    const [, , , , next] = samplesOf('uuuug');
    expect(addSample(lost, next as Sample).longestGapMs).toBe(200);
  });

  test('of one stage speaks in the next, which is counted for itself', () => {
    const plan = aPlan({ stages: 2 });
    const one = evidenceOf(plan, 'gggb');
    const second = samplesOf('ggb').reduce((sum, sample) => addSample(sum, sample), startStage(one, 0));
    expect(second).toMatchObject({ measured: 3, bad: 1 });
    expect(second.wealth).toMatchObject({ samples: 7, stages: 2, bursts: 2 });
  });

  test('notices an outage at the start of a later stage as soon as at the start of the first', () => {
    const plan = aPlan({ stages: 4, samples: 12_000, probes: 5, tolerance: { bad: 0.01 } });
    let evidence = startEvidence(plan);
    let took: readonly number[] = [];
    for (const start of [0, 1, 2, 3].map((stage) => stage * 1_000_000)) {
      evidence = startStage(evidence, start);
      // The outage is only tried, and not kept.
      let outage = evidence;
      let samples = 0;
      for (; !isDeviated(outage); samples += 1) {
        outage = addSample(outage, { due: start + samples * 200, is: 'bad' });
      }
      took = [...took, samples];
      for (let place = 0; place < 3_000; place += 1) {
        evidence = addSample(evidence, { due: start + place * 200, is: 'good' });
      }
      evidence = endStage(evidence, start + 600_000);
    }
    expect(took).toEqual([5, 5, 5, 5]);
  });

  test('is as when whole histories are played at once', () => {
    const stage = fc.string({ unit: fc.constantFrom('g', 'g', 'b'), minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(stage, stage, (first, second) => {
        const plan = aPlan({ samples: 60, stages: 2 });
        const alarm = firstAlarm(plan, (from) => {
          const place = `${first}${second}`.indexOf('b', from);
          return place < 0 ? Number.POSITIVE_INFINITY : place;
        });
        const both = samplesOf(second).reduce(
          (sum, { due, is }) => addSample(sum, { due: due + 6_000, is }),
          startStage(evidenceOf(plan, first), 6_000),
        );
        expect(both.deviated?.at).toBe(Number.isFinite(alarm) ? (alarm - 1) * 200 : undefined);
      }),
    );
  });

  test('refuses samples outside a stage, or out of order', () => {
    expect(() => addSample(startEvidence(aPlan()), { due: 0, is: 'good' })).toThrow('no stage');
    expect(() => addSample(evidenceOf(aPlan(), 'g'), { due: 9_000, is: 'good' })).toThrow('no stage');
    const two = addSample(started(), { due: 200, is: 'good' });
    expect(() => addSample(two, { due: 199, is: 'good' })).toThrow('order');
  });

  test('refuses a tolerance above 50 %', () => {
    expect(() => startEvidence(aPlan({ tolerance: { bad: 0.51 } }))).toThrow(RangeError);
  });

  test('knows the longest gap within a stage, from its start to its end', () => {
    const plan = aPlan({ stages: 2, everyMs: 1_000 });
    expect(evidenceOf(plan, 'gguuug').longestGapMs).toBe(4_000);
    expect(evidenceOf(plan, 'uuugg').longestGapMs).toBe(3_000);
    expect(evidenceOf(plan, 'gguu').longestGapMs).toBe(3_000);
    const between = startStage(evidenceOf(plan, 'gg'), 900_000);
    expect(addSample(between, { due: 900_500, is: 'good' }).longestGapMs).toBe(500);
    const early = addSample(started(), { due: 60_000, is: 'unmeasured' }, 'none');
    expect(addSample(early, { due: 60_200, is: 'good' }).longestGapMs).toBe(200);
  });
});

describe('where nothing is tolerated', () => {
  test('the first bad sample deviates', () => {
    const plan = aPlan({ tolerance: { bad: 0 } });
    expect(evidenceOf(plan, 'guggb').deviated).toEqual({ at: 800, since: 800, of: { bad: 1, measured: 1 } });
    expect(isDeviated(evidenceOf(plan, 'g'.repeat(400)))).toBe(false);
    expect(log10OfEvidence(evidenceOf(plan, 'gb'))).toBeUndefined();
  });
});

describe('shares', () => {
  const plan = aPlan({ tolerance: { bad: 0.01 }, measures: 'shares', everyMs: 60_000, samples: 10 });
  const minutes = (values: readonly number[]) =>
    values.reduce(
      (sum, value, index) =>
        addSample(sum, { due: index * 60_000, is: value > 0.01 ? 'bad' : 'good', value }),
      startStage(startEvidence(plan), 0),
    );

  test('count by how bad they are', () => {
    expect(minutes([0.02, 0.03]).bad).toBeCloseTo(0.05, 12);
    expect(log10OfEvidence(minutes([0.02]))).toBeGreaterThan(0);
    expect(log10OfEvidence(minutes([0.01]))).toBeCloseTo(0, 12);
    expect(log10OfEvidence(minutes([0.005]))).toBeLessThan(0);
  });

  test('refute by a few bad ones, or one outage', () => {
    expect(isDeviated(minutes([0.2, 0.2]))).toBe(false);
    expect(isDeviated(minutes([0.2, 0.2, 0.2]))).toBe(true);
    expect(isDeviated(minutes([1, 1]))).toBe(true);
    expect(isDeviated(minutes([0.009, 0.008, 0.01, 0.007, 0.01, 0.009, 0.01, 0.01]))).toBe(false);
  });

  test('are from 0 to 1, and unmeasured where there is no value', () => {
    expect(minutes([1.5]).bad).toBe(1);
    expect(minutes([-0.5]).bad).toBe(0);
    expect(addSample(minutes([0]), { due: 60_000, is: 'bad' })).toMatchObject({ bad: 0, unmeasured: 1 });
  });
});

describe('a state', () => {
  const plan = (badForMs: number) =>
    aPlan({ tolerance: { badForMs }, measures: 'state', everyMs: 1_000, stages: 2 });

  test('deviates when it is bad for longer than it may be, at a stretch', () => {
    expect(evidenceOf(plan(2_000), 'gbbbg').deviated).toEqual({ at: 4_000, since: 1_000 });
    expect(evidenceOf(plan(2_000), 'gbbbb').deviated).toEqual({ at: 4_000, since: 1_000 });
    expect(isDeviated(evidenceOf(plan(2_000), 'gbbgbbgbbg'))).toBe(false);
    expect(isDeviated(evidenceOf(plan(2_000), 'gbbb'))).toBe(false);
  });

  test('that may never be bad deviates at once', () => {
    expect(evidenceOf(plan(0), 'ggbg').deviated).toEqual({ at: 2_000, since: 2_000 });
    expect(isDeviated(evidenceOf(plan(0), 'ggug'))).toBe(false);
  });

  test('stays what it was while it is unmeasured', () => {
    expect(evidenceOf(plan(2_000), 'gbuug').deviated).toEqual({ at: 4_000, since: 1_000 });
    expect(isDeviated(evidenceOf(plan(2_000), 'guuuugbg'))).toBe(false);
    expect(isDeviated(evidenceOf(plan(2_000), 'gbuuuu'))).toBe(false);
  });

  test('begins anew with each stage', () => {
    const second = startStage(evidenceOf(plan(2_000), 'gb'), 100_000);
    expect(isDeviated(addSample(second, { due: 100_000, is: 'bad' }))).toBe(false);
  });
});
