import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRecovery } from '#core/experiment/engine/judge-recovery.ts';
import {
  nothingRecovered,
  type RecoveryGoal,
  RecoveryWatch,
  watchRecovery,
} from '#core/experiment/engine/recovery-watch.ts';
import type { EvidencePlan } from '#core/experiment/evidence/plan.ts';
import { seededUniform } from '#core/experiment/evidence/seeded-uniform.ts';
import { binomial } from '#core/experiment/evidence/tails.ts';
import type { Sample } from '#core/model/sample.ts';
import { aPlan } from '../evidence/a-plan.ts';

const aGoal = (plan: Partial<EvidencePlan>, goal: Partial<RecoveryGoal> = {}): RecoveryGoal => ({
  ...{ plan: aPlan({ everyMs: 1_000, samples: 10, falseAlarms: 0.001, ...plan }) },
  ...{ steadyMs: 10_000, until: 0, by: 60_000, ...goal },
});

function watch(samples: readonly Sample[], goal: RecoveryGoal): RecoveryWatch {
  return samples.reduce((before, sample) => {
    // As a step of a durable host keeps it.
    const kept = RecoveryWatch.parse(JSON.parse(JSON.stringify(before)));
    return watchRecovery(kept, sample, goal);
  }, nothingRecovered);
}

/** By the definition, for samples of which none are of one burst. */
function expected(samples: readonly Sample[], share: number, steadyMs: number): number | undefined {
  for (const [index, { due: from, is }] of samples.entries()) {
    if (is !== 'good') continue;
    for (const [last, { due }] of samples.entries()) {
      const window = samples.slice(index, last + 1);
      const measured = window.filter((one) => one.is !== 'unmeasured').length;
      const end = window.findLast((one) => one.is !== 'unmeasured');
      if (due - from < steadyMs || measured < 3 || end?.is === 'bad') continue;
      const bad = window.filter((one) => one.is === 'bad').length;
      if (measured >= 0.9 * window.length && binomial.atLeast(bad, measured, share) >= 0.01) return from;
      break;
    }
  }
  return undefined;
}

const good = Array.from({ length: 11 }, () => 'good' as const);
const every = (everyMs: number, is: readonly Sample['is'][]) =>
  is.map((one, index): Sample => ({ due: index * everyMs, is: one }));

describe('watchRecovery', () => {
  test('finds the first moment from which a probe was steady for long enough', () => {
    const goal = aGoal({ tolerance: { bad: 0.05 }, everyMs: 10_000 }, { steadyMs: 100_000 });
    const ten = (is: readonly Sample['is'][]) => watch(every(10_000, is), goal).recoveredAt;
    expect(ten(['bad', 'bad', ...good])).toBe(20_000);
    expect(ten(['bad', 'bad', ...good.slice(1)])).toBeUndefined();
    const state = aGoal({ tolerance: { badForMs: 30_000 }, measures: 'state' });
    expect(watch(every(1_000, ['good', 'bad', ...good]), state).recoveredAt).toBe(2_000);
  });

  test('is what the definition says, whatever the samples and however they are kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Sample['is'][]>('good', 'good', 'good', 'good', 'bad', 'unmeasured'), {
          maxLength: 60,
        }),
        fc.constantFrom(0, 0.01, 0.05, 0.2, 0.5),
        (is, bad) => {
          const samples = every(10_000, is);
          const goal = aGoal({ tolerance: { bad }, everyMs: 10_000 }, { steadyMs: 100_000 });
          expect(watch(samples, goal).recoveredAt).toBe(expected(samples, bad, 100_000));
        },
      ),
    );
  });

  test('takes none for recovered that does not hold once the fault is known to be undone', () => {
    const until = (ms: number) => aGoal({ tolerance: { bad: 0 }, everyMs: 1_000 }, { until: ms });
    const at = (is: readonly Sample['is'][], ms: number) => watch(every(1_000, is), until(ms)).recoveredAt;
    expect(at([...good, 'good', 'good'], 12_000)).toBe(0);
    expect(at([...good, 'good'], 12_000)).toBeUndefined();
    expect(at([...good, 'bad', ...good], 11_000)).toBe(12_000);
  });

  test('counts a burst once, as a baseline does', () => {
    const burst = Array.from({ length: 60 }, (_, place) => (place % 10 > 6 ? 'bad' : 'good'));
    const goal = aGoal({ tolerance: { bad: 0.05 }, everyMs: 200 });
    expect(watch(every(200, burst), goal).recoveredAt).toBe(0);
  });

  test('takes none for recovered that is down, however few samples there are and however short a burst may be', () => {
    const goal = aGoal({ tolerance: { bad: 0.05 }, everyMs: 5_000 });
    expect(
      watch(every(5_000, ['good', 'bad', 'bad', 'bad', 'bad', 'bad']), goal).recoveredAt,
    ).toBeUndefined();
  });

  test('takes shares by the tolerance of the file, and not by their own goal', () => {
    const goal = aGoal(
      { tolerance: { bad: 0.05 }, measures: 'shares', everyMs: 60_000 },
      { steadyMs: 120_000 },
    );
    const minutes = (value: number) =>
      [0, 1, 2].map((minute): Sample => ({ due: minute * 60_000, is: 'bad', value }));
    expect(watch(minutes(0.002), goal).recoveredAt).toBe(0);
    expect(watch(minutes(0.5), goal).recoveredAt).toBeUndefined();
  });

  test('keeps little, however often is measured and however much may be bad', () => {
    const uniform = seededUniform(1);
    const goal = aGoal(
      { tolerance: { bad: 0.5 }, everyMs: 10, samples: 60_000 },
      { steadyMs: 600_000, by: 1e9 },
    );
    let kept = nothingRecovered;
    for (let due = 0; due < 900_000; due += 10) {
      kept = watchRecovery(kept, { due, is: uniform() < 0.6 ? 'bad' : 'good' }, goal);
    }
    expect(kept.recoveredAt).toBeUndefined();
    expect(JSON.stringify(kept).length).toBeLessThan(20_000);
  });
});

describe('judgeRecovery', () => {
  const judged = (samples: readonly Sample[], goal: RecoveryGoal) =>
    judgeRecovery(watch(samples, goal), { by: goal.by, withinMs: goal.by });
  const goal = aGoal({ tolerance: { bad: 0.05 } }, { by: 20_000 });
  const down = (seconds: number): Sample['is'][] => Array.from({ length: seconds }, () => 'bad');

  test('is in time, late where what comes then is no accident, and unknown in between', () => {
    expect(judged(every(1_000, [...down(20), ...good]), goal)).toEqual({ is: 'in-time' });
    expect(judged(every(1_000, [...down(22), ...good]), goal)).toMatchObject({ is: 'unknown' });
    expect(judged(every(1_000, down(30)), goal)).toMatchObject({
      is: 'late',
      why: expect.stringContaining('20 s after the fault had ended'),
      evidence: { deviated: { since: 20_000 } },
    });
    expect(judged([], goal)).toMatchObject({ is: 'unknown', why: expect.stringContaining('nothing') });
  });

  test('of a state counts for how long it has been bad', () => {
    const state = (badForMs: number) => aGoal({ tolerance: { badForMs }, measures: 'state' }, { by: 20_000 });
    expect(judged(every(1_000, down(21)), state(30_000))).toMatchObject({ is: 'unknown' });
    expect(judged(every(1_000, down(32)), state(30_000))).toMatchObject({ is: 'late' });
    expect(judged(every(1_000, [...down(20), ...good]), state(0))).toEqual({ is: 'in-time' });
    expect(judged(every(1_000, down(21)), state(0))).toMatchObject({ is: 'late' });
  });
});
