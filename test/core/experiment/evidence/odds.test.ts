import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burstOf, makeOdds } from '#core/experiment/evidence/odds.ts';
import { aPlan } from './a-plan.ts';

const tolerated = fc.double({ min: 0, max: 0.5, minExcluded: true, noNaN: true });
const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

/** The greater share that a bet is on, and its part of the stake. */
function alternatives(p: number) {
  return makeOdds(p).map(({ weight, ifBad }) => ({ q: p * Math.exp(ifBad), stake: Math.exp(weight) }));
}

describe('odds', () => {
  test('are fair: a bet wins nothing on average while exactly the tolerated share is bad', () => {
    fc.assert(
      fc.property(tolerated, (p) => {
        for (const { ifBad, ifGood } of makeOdds(p)) {
          expect(Math.exp(Math.log(p) + ifBad) + (1 - p) * Math.exp(ifGood)).toBeCloseTo(1, 12);
          expect(ifBad).toBeGreaterThan(0);
          expect(ifGood).toBeLessThan(0);
        }
      }),
    );
  });

  test('stake everything, on shares that can be told from the tolerated one', () => {
    fc.assert(
      // Below that a float has too few digits to tell a share by its odds.
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (p) => {
        const bets = alternatives(p);
        expect(total(bets.map(({ stake }) => stake))).toBeCloseTo(1, 12);
        for (const { q } of bets) {
          expect(q).toBeGreaterThan(1.2 * p * (1 - 1e-9));
          expect(q).toBeLessThan(0.95 + 1e-9);
        }
      }),
    );
  });

  test.each([
    [0.01, [0.02, 0.05, 0.25, 0.5, 0.95], [1 / 2, 1 / 8, 1 / 8, 1 / 8, 1 / 8]],
    // Five times the tolerated share is no share any more; the others take over its stake.
    [0.2, [0.4, 0.25, 0.5, 0.95], [4 / 7, 1 / 7, 1 / 7, 1 / 7]],
    // A quarter is too close to it.
    [0.21, [0.368, 0.605, 0.921], [1 / 2, 1 / 4, 1 / 4]],
    [0.5, [0.75, 0.95], [1 / 2, 1 / 2]],
  ])('with %d tolerated they are on %j', (p, shares, stakes) => {
    const bets = alternatives(p);
    expect(bets.map(({ q }) => Number(q.toFixed(9)))).toEqual(shares);
    expect(bets.map(({ stake }) => stake)).toEqual(stakes.map((stake) => expect.closeTo(stake, 12)));
  });

  test('are none where nothing is tolerated', () => {
    expect(makeOdds(0)).toEqual([]);
  });

  test.each([-0.01, 0.51, Number.NaN])('are refused against %d', (p) => {
    expect(() => makeOdds(p)).toThrow(RangeError);
  });
});

describe('a burst', () => {
  test.each([
    ['5/s', { everyMs: 200 }, 3, 10],
    ['20/s', { everyMs: 50 }, 10, 40],
    ['62/s', { everyMs: 1_000 / 62 }, 31, 124],
    ['one in 9.9 s', { everyMs: 9_900 }, 3, 10],
    ['one in 10 s', { everyMs: 10_000 }, 1, 1],
    ['5/s with 5.1 % tolerated', { tolerance: { bad: 0.051 } }, 1, 1],
    ['5/s with a state', { tolerance: { badForMs: 0 } }, 1, 1],
    ['shares', { measures: 'shares' as const, everyMs: 1_000 }, 1, 1],
  ])('at %s', (_, overrides, ofStage, ofMoment) => {
    expect(burstOf(aPlan(overrides))).toEqual({ ofStage, ofMoment });
  });
});
