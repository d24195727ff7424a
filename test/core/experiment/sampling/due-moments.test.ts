import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueMoments } from '#core/experiment/sampling/due-moments.ts';

const moments = (from: number, to: number, everyMs: number, seed: string | undefined = 'run/page') => [
  ...dueMoments(from, to, { everyMs, seed }),
];

const monday = Date.parse('2026-11-23T09:00:00Z');
const periods = fc.record({
  from: fc.integer({ min: monday, max: monday + 1_000_000 }),
  lengths: fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 4 }),
  everyMs: fc.integer({ min: 100, max: 20_000 }),
});

describe('dueMoments', () => {
  test('periods that follow each other have each moment once, wherever they are cut', () => {
    fc.assert(
      fc.property(periods, ({ from, lengths, everyMs }) => {
        const cuts = [from];
        for (const length of lengths) cuts.push((cuts.at(-1) ?? from) + length);
        const parts = cuts.slice(1).flatMap((to, index) => moments(cuts[index] ?? from, to, everyMs));
        expect(parts).toEqual(moments(from, cuts.at(-1) ?? from, everyMs));
      }),
    );
  });

  test('each is in its period, and 60 to 140 % of the interval after the one before', () => {
    fc.assert(
      fc.property(periods, ({ from, everyMs }) => {
        const to = from + 20 * everyMs;
        const all = moments(from, to, everyMs);
        expect(Math.abs(all.length - 20)).toBeLessThanOrEqual(1);
        expect(all.every((due) => due >= from && due < to)).toBe(true);
        for (const [index, due] of all.slice(1).entries()) {
          const gap = due - (all[index] ?? 0);
          expect(gap).toBeGreaterThanOrEqual(0.6 * everyMs - 1);
          expect(gap).toBeLessThanOrEqual(1.4 * everyMs + 1);
        }
      }),
    );
  });

  test('the same seed gives the same moments, another one others', () => {
    expect(moments(monday, monday + 60_000, 1_000)).toEqual(moments(monday, monday + 60_000, 1_000));
    expect(moments(monday, monday + 60_000, 1_000, 'run/orders')).not.toEqual(
      moments(monday, monday + 60_000, 1_000),
    );
  });

  test('without a seed they are on the interval itself', () => {
    expect([...dueMoments(monday + 1, monday + 180_001, { everyMs: 60_000, seed: undefined })]).toEqual([
      monday + 60_000,
      monday + 120_000,
      monday + 180_000,
    ]);
  });
});
