import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '#core/reports/plan.ts';
import { truncatePlan } from '#core/reports/truncate-plan.ts';
import { DoesNotFit } from '#core/util/fit-lists.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { aFailure } from '../../support/a-report.ts';

const bytesOf = (plan: Plan) => new TextEncoder().encode(JSON.stringify(plan)).length;

/** The plan with its last failure left out or, where it has none, the last strike of the last day that has any. */
function cutOnce(plan: Plan): Plan | undefined {
  if (plan.failures.length > 0) {
    const { omittedFailures = 0 } = plan;
    return { ...plan, failures: plan.failures.slice(0, -1), omittedFailures: omittedFailures + 1 };
  }
  const last = plan.days.findLastIndex(({ strikes }) => strikes.length > 0);
  const day = plan.days[last];
  if (day === undefined) return undefined;
  const { strikes, omitted = 0 } = day;
  return {
    ...plan,
    days: plan.days.with(last, { ...day, strikes: strikes.slice(0, -1), omitted: omitted + 1 }),
  };
}

/** What is left of a plan, cut step by step; undefined where even the last step is too large. */
function cutTo(plan: Plan, maxBytes: number): Plan | undefined {
  let cut: Plan | undefined = plan;
  while (cut !== undefined && bytesOf(cut) > maxBytes) cut = cutOnce(cut);
  return cut;
}

const text = fc.string({ unit: 'binary', maxLength: 30 });
const strikes = fc.array(
  text.map((group) => aPlanned({ group })),
  { maxLength: 12 },
);
const omitted = fc.option(fc.integer({ min: 1, max: 12_000 }), { nil: 0 });
const plan: fc.Arbitrary<Plan> = fc
  .record({
    days: fc.array(fc.record({ strikes, omitted }), { minLength: 1, maxLength: 4 }),
    failures: fc.array(
      text.map((message) => aFailure({ message })),
      { maxLength: 6 },
    ),
    omittedFailures: omitted,
  })
  .map(({ days, failures, omittedFailures }) =>
    aPlan({
      days: days.map(({ strikes, omitted }, index) =>
        aDay({ day: `2026-11-${23 + index}`, strikes, ...(omitted > 0 && { omitted }) }),
      ),
      failures,
      ...(omittedFailures > 0 && { omittedFailures }),
    }),
  );
const squeezed = plan.chain((whole) =>
  fc.record({ whole: fc.constant(whole), maxBytes: fc.integer({ min: 0, max: bytesOf(whole) + 20 }) }),
);

describe('truncatePlan', () => {
  test('is never over the limit, keeps the first of what fits, and counts the rest', () => {
    const outcomes = { whole: 0, cut: 0, refused: 0 };
    fc.assert(
      fc.property(squeezed, ({ whole, maxBytes }) => {
        const best = cutTo(whole, maxBytes);
        if (best === undefined) {
          outcomes.refused += 1;
          expect(() => truncatePlan(whole, maxBytes)).toThrow(DoesNotFit);
          return;
        }
        outcomes[best === whole ? 'whole' : 'cut'] += 1;
        const fitted = truncatePlan(whole, maxBytes);
        expect(fitted).toStrictEqual(best);
        if (best === whole) expect(fitted).toBe(whole);
      }),
      { numRuns: 400 },
    );
    // Each of the three ways was taken often, or this proves little.
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(10);
  });

  test('says which plan does not fit', () => {
    expect(() => truncatePlan(aPlan(), 10)).toThrow(
      'the plan from 2026-11-23 to 2026-11-23 does not fit in 10 bytes, even without its lists',
    );
  });
});
