import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nothingRecovered, RecoveryWatch, watchRecovery } from '#core/experiment/engine/recovery-watch.ts';
import type { Tolerance } from '#core/model/experiment.ts';
import type { Sample } from '#core/model/sample.ts';

const steadyMs = 10_000;

function recoveredAt(samples: readonly Sample[], tolerance: Tolerance, until = 0): number | undefined {
  const watched = samples.reduce((watch, sample) => {
    // As a step of a durable host keeps it.
    const kept = RecoveryWatch.parse(JSON.parse(JSON.stringify(watch)));
    return watchRecovery(kept, sample, { tolerance, ms: steadyMs, until });
  }, nothingRecovered);
  return watched.recoveredAt;
}

/** By the definition: sample by sample, the window of those that may count. */
function expected(samples: readonly Sample[], share: number): number | undefined {
  let window: Sample[] = [];
  for (const sample of samples.filter(({ is }) => is !== 'unmeasured')) {
    window.push(sample);
    const isTooBad = () => {
      const bad = window.filter(({ is }) => is === 'bad').length;
      return window[0]?.is === 'bad' || bad > share * window.length;
    };
    while (window.length > 0 && isTooBad()) window = window.slice(1);
    const [first] = window;
    if (first !== undefined && window.length >= 3 && sample.due - first.due >= steadyMs) return first.due;
  }
  return undefined;
}

const everySecond = (...is: readonly Sample['is'][]) =>
  is.map((one, index): Sample => ({ due: index * 1_000, is: one }));

describe('watchRecovery', () => {
  test('finds the first moment from which a probe was within its tolerance for long enough', () => {
    const good = Array.from({ length: 11 }, () => 'good' as const);
    expect(recoveredAt(everySecond('bad', 'bad', ...good), { bad: 0.05 })).toBe(2_000);
    expect(recoveredAt(everySecond('bad', 'bad', ...good.slice(1)), { bad: 0.05 })).toBeUndefined();
    expect(recoveredAt(everySecond('good', 'bad', ...good), { badForMs: 30_000 })).toBe(2_000);
  });

  test('takes none for recovered that does not hold once the fault is known to be undone', () => {
    const good = Array.from({ length: 11 }, () => 'good' as const);
    expect(recoveredAt(everySecond(...good, 'good', 'good'), { bad: 0 }, 12_000)).toBe(0);
    expect(recoveredAt(everySecond(...good, 'good'), { bad: 0 }, 12_000)).toBeUndefined();
    expect(recoveredAt(everySecond(...good, 'bad', ...good), { bad: 0 }, 11_000)).toBe(12_000);
  });

  test('is what the definition says, whatever the samples and however they are kept', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'good' as const,
            'good' as const,
            'good' as const,
            'bad' as const,
            'unmeasured' as const,
          ),
          { maxLength: 60 },
        ),
        fc.constantFrom(0, 0.01, 0.05, 0.2, 0.5),
        (is, bad) => {
          const samples = everySecond(...is);
          expect(recoveredAt(samples, { bad })).toBe(expected(samples, bad));
        },
      ),
    );
  });
});
