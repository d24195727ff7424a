import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burstOf } from '#core/experiment/evidence/odds.ts';
import {
  addShare,
  copyOf,
  enterStage,
  logOfWealth,
  type MutableWealth,
  refutes,
  startWealth,
  Wealth,
} from '#core/experiment/evidence/wealth.ts';
import { aPlan } from './a-plan.ts';
import { type Step, theRule } from './the-rule.ts';

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>('good') },
  { weight: 4, arbitrary: fc.constant<Step>('bad') },
);
const plans = fc
  .record({
    tolerance: fc.record({ bad: fc.double({ min: 0.001, max: 0.5, noNaN: true }) }),
    everyMs: fc.constantFrom(50, 200, 10_000),
    samples: fc.integer({ min: 1, max: 60 }),
  })
  .map(aPlan);

function played(wealth: MutableWealth, steps: readonly Step[]): MutableWealth {
  for (const step of steps) {
    if (step === 'stage') enterStage(wealth);
    else addShare(wealth, step === 'bad' ? 1 : 0);
  }
  return wealth;
}

function worthOf(wealth: Wealth): number {
  return Math.exp(logOfWealth(wealth));
}

/** All sequences of that many samples, with their probabilities if each is bad with `p`. */
function* sequences(length: number, p: number): Generator<{ steps: Step[]; probability: number }> {
  for (let bits = 0; bits < 2 ** length; bits += 1) {
    const steps = Array.from({ length }, (_, place): Step => (bits & (1 << place) ? 'bad' : 'good'));
    const bad = steps.filter((step) => step === 'bad').length;
    yield { steps, probability: p ** bad * (1 - p) ** (length - bad) };
  }
}

function expectedWorth(plan: ReturnType<typeof aPlan>, p: number, before: readonly Step[] = []): number {
  let worth = 0;
  for (const { steps, probability } of sequences(9, p)) {
    const wealth = played(startWealth(plan), [
      'stage',
      ...before,
      ...steps.slice(0, 4),
      'stage',
      ...steps.slice(4),
    ]);
    worth += probability * worthOf(wealth);
  }
  return worth;
}

describe('wealth', () => {
  test('is what the rule says, after every sample', () => {
    const stages = fc.array(fc.array(step, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(plans, stages, (plan, samples) => {
        const staged = { ...plan, stages: samples.length };
        const steps = samples.flatMap((stage): Step[] => ['stage', ...stage]);
        const { ofStage, ofMoment } = burstOf(staged);
        const wealth = startWealth(staged);
        const worth: number[] = [];
        for (const step of steps) {
          played(wealth, [step]);
          if (step !== 'stage') worth.push(logOfWealth(wealth));
        }
        const expected = theRule(staged, steps, ofStage, ofMoment).map(Math.log);
        expect(worth).toEqual(expected.map((log) => expect.closeTo(log, 8)));
      }),
    );
  });

  test('refutes when all of it together reaches the bound', () => {
    fc.assert(
      fc.property(plans, fc.array(step, { minLength: 1, maxLength: 40 }), (plan, steps) => {
        const wealth = played(startWealth(plan), ['stage', ...steps]);
        const log = logOfWealth(wealth);
        for (const bound of [log - 1e-6, log - 0.1, log - 5]) expect(refutes(wealth, bound)).toBe(true);
        for (const bound of [log + 1e-6, log + 0.1, log + 5]) expect(refutes(wealth, bound)).toBe(false);
      }),
    );
  });

  test('starts with 1, and staking it changes nothing', () => {
    const wealth = startWealth(aPlan({ stages: 2 }));
    expect(worthOf(wealth)).toBe(1);
    enterStage(wealth);
    expect(worthOf(wealth)).toBeCloseTo(1, 12);
  });

  test.each([0.06, 0.2, 0.35, 0.5])('stays 1 on average if exactly the tolerated %d is bad', (p) => {
    const plan = aPlan({ tolerance: { bad: p }, stages: 2, samples: 7 });
    expect(expectedWorth(plan, p)).toBeCloseTo(1, 12);
    expect(expectedWorth(plan, p * 0.8)).toBeLessThan(1);
    expect(expectedWorth(plan, Math.min(1, p * 1.5))).toBeGreaterThan(1);
  });

  test.each([0.01, 0.05])('never grows on average where bursts count once, with %d tolerated', (p) => {
    const plan = aPlan({ tolerance: { bad: p }, stages: 2, samples: 7 });
    expect(expectedWorth(plan, p)).toBeLessThan(1);
  });

  test('counts shares between good and bad in proportion, so that they are fair as well', () => {
    const odds = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(odds, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (share, p) => {
        const [mixed, good, bad] = [share, 0, 1].map((each) => {
          const wealth = startWealth(aPlan({ tolerance: { bad: p }, measures: 'shares' }));
          enterStage(wealth);
          addShare(wealth, each);
          return worthOf(wealth);
        }) as [number, number, number];
        expect(mixed / (share * bad + (1 - share) * good)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('takes a stretch of good samples in one step', () => {
    fc.assert(
      fc.property(plans, fc.array(fc.nat(40), { maxLength: 8 }), (plan, stretches) => {
        const [one, all] = [startWealth(plan), startWealth(plan)];
        for (const wealth of [one, all]) enterStage(wealth);
        for (const length of stretches) {
          addShare(one, 0, length);
          addShare(one, 1);
          played(all, [...Array.from({ length }, (): Step => 'good'), 'bad']);
        }
        expect(one.samples).toBe(all.samples);
        expect(logOfWealth(one)).toBeCloseTo(logOfWealth(all), 8);
      }),
    );
  });

  test.each([
    [5e-324, 1],
    [0.0001, 0.3],
    [0.05, 1],
    [0.5, 0],
  ])('is finite with %d tolerated after 100,000 samples with a bad share of %d', (p, share) => {
    const wealth = startWealth(aPlan({ tolerance: { bad: p }, samples: 90_000 }));
    enterStage(wealth);
    for (let sample = 0; sample < 100_000; sample += 1) addShare(wealth, share);
    expect(Number.isFinite(logOfWealth(wealth))).toBe(true);
    expect(Wealth.parse(JSON.parse(JSON.stringify(wealth)))).toEqual(wealth);
  });

  test('counts a burst once', () => {
    const counted = (bad: number) => {
      const wealth = startWealth(aPlan({ everyMs: 200 }));
      enterStage(wealth);
      return played(wealth, ['good', ...Array.from({ length: bad }, (): Step => 'bad'), 'good']).bursts;
    };
    expect([0, 1, 2, 3, 4, 5].map(counted)).toEqual([0, 1, 1, 1, 2, 3]);
  });

  test('knows no more stages than are planned', () => {
    const wealth = startWealth(aPlan());
    enterStage(wealth);
    expect(() => enterStage(wealth)).toThrow(RangeError);
  });

  test('is not changed through a copy', () => {
    const wealth = startWealth(aPlan());
    const copy = copyOf(wealth);
    enterStage(copy);
    addShare(copy, 1);
    expect(wealth).toEqual(startWealth(aPlan()));
  });
});
