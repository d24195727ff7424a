import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomial, hoeffding, upperLimit } from '#core/experiment/evidence/tails.ts';

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const counts = fc
  .integer({ min: 1, max: 200 })
  .chain((n) => fc.record({ n: fc.constant(n), bad: fc.integer({ min: 0, max: n }) }));

describe('the binomial tails', () => {
  test.each([
    [0, 10, 0.5, 1 / 1_024],
    [5, 10, 0.5, 638 / 1_024],
    [1, 3, 0.2, 0.896],
    [9, 9, 0.3, 1],
    [-1, 9, 0.3, 0],
    [3, 9, 0, 1],
    [3, 9, 1, 0],
  ])('at most %d of %d with %d', (bad, n, p, probability) => {
    expect(binomial.atMost(bad, n, p)).toBeCloseTo(probability, 12);
  });

  test('exclude and exhaust each other', () => {
    fc.assert(
      fc.property(counts, share, ({ n, bad }, p) => {
        expect(binomial.atMost(bad - 1, n, p) + binomial.atLeast(bad, n, p)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('are good for many samples, of which the first terms are too small for a number', () => {
    expect(binomial.atMost(18_600, 37_200, 0.5)).toBeCloseTo(
      0.5 + 0.5 * Math.sqrt(2 / (Math.PI * 37_200)),
      5,
    );
  });
});

test("Hoeffding's tails are never below the binomial ones", () => {
  fc.assert(
    fc.property(counts, share, ({ n, bad }, p) => {
      expect(hoeffding.atMost(bad, n, p)).toBeGreaterThanOrEqual(binomial.atMost(bad, n, p) * (1 - 1e-9));
      expect(hoeffding.atLeast(bad, n, p)).toBeGreaterThanOrEqual(binomial.atLeast(bad, n, p) * (1 - 1e-9));
    }),
  );
});

describe('the upper limit', () => {
  test.each([
    [0, 100, 1 - 0.05 ** (1 / 100)],
    // Clopper and Pearson, one-sided, 95 %.
    [1, 20, 0.21611],
    [10, 100, 0.16372],
    [20, 20, 1],
  ])('of %d bad of %d', (bad, n, limit) => {
    expect(upperLimit(binomial, bad, n)).toBeCloseTo(limit, 4);
  });

  test('is the share with which so few would come about once in twenty', () => {
    fc.assert(
      fc.property(counts, ({ n, bad }) => {
        fc.pre(bad < n);
        for (const tails of [binomial, hoeffding]) {
          expect(tails.atMost(bad, n, upperLimit(tails, bad, n))).toBeCloseTo(0.05, 3);
        }
      }),
    );
  });
});
