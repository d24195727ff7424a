import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { Simulation } from '#core/simulate/simulate.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { aSimulation } from '../../support/a-simulation.ts';

/** The standard deviation of a gap: that of the geometric distribution, as the shortest gap only shifts it. */
function deviationOf({ meanDays, minDays }: { readonly meanDays: number; readonly minDays: number }): number {
  const p = 1 / (meanDays - minDays + 1);
  return Math.sqrt(1 - p) / p;
}

/** An hour in which clocks change, a single slot, many of them, another weekend. */
const schedules: readonly NonNullable<ConfigInput['schedule']>[] = [
  { timeZone: 'Europe/Berlin', days: ['sun'], from: '01:30', to: '03:30', everyMinutes: 15 },
  { from: '09:00', to: '09:01' },
  { timeZone: 'America/New_York', from: '00:00', to: '23:59', everyMinutes: 5 },
  { timeZone: 'Asia/Dubai', days: ['sun', 'mon', 'tue', 'wed', 'thu'] },
];

function sparedDays({ spared }: Simulation): number {
  return Object.values(spared).reduce((sum, days) => sum + days, 0);
}

describe('simulate', () => {
  test.each([
    [2, 1],
    [5, 3],
    [7.5, 2],
    [1.5, 1],
    [20, 1],
    [30, 12],
  ])('has the mean %d with a shortest gap of %d, within 4 standard errors', (meanDays, minDays) => {
    const rate = { meanDays, minDays };
    const { gap } = aSimulation({ rate, days: Math.min(100 * meanDays, 250), groups: 20 });
    const error = deviationOf(rate) / Math.sqrt(gap.count);
    expect(Math.abs((gap.mean ?? Number.NaN) - meanDays)).toBeLessThan(4 * error);
    expect((Number(gap.high) - Number(gap.low)) / 2 / error).toBeCloseTo(1.96, 0);
    expect(gap.shortest).toBe(minDays);
  });

  test.each([1, 3, 20])('has gaps of %d days and no other where that is both mean and shortest', (days) => {
    const { gap, strikes, groupDays } = aSimulation({
      rate: { meanDays: days, minDays: days },
      days: 60,
      groups: 20,
    });
    expect(gap).toMatchObject({ mean: days, low: days, high: days, shortest: days, longest: days });
    expect(strikes).toBe(groupDays / days);
  });

  test('does not leave out the gaps that are longer than all the days', () => {
    const rate = { meanDays: 20, minDays: 1 };
    const { gap, strikes, groupDays } = aSimulation({ rate, days: 5, groups: 4_000 });
    expect(gap.count).toBeGreaterThan(900);
    expect(Math.abs((gap.mean ?? Number.NaN) - 20)).toBeLessThan(
      (4 * deviationOf(rate)) / Math.sqrt(gap.count),
    );
    expect(gap.longest).toBeGreaterThan(100);
    // Of the days only the five count.
    expect(groupDays).toBe(20_000);
    expect(strikes).toBe(gap.count);
  });

  test('is in a steady state from its first day on', () => {
    const { strikes } = aSimulation({ rate: { meanDays: 10, minDays: 10 }, days: 1, groups: 3_000 });
    expect(Math.abs(strikes - 300)).toBeLessThan(4 * Math.sqrt(3_000 * 0.1 * 0.9));
  });

  test('never strikes before the shortest gap, nor loses a group-day, whatever rate and schedule', () => {
    fc.assert(
      fc.property(
        fc.record({
          minDays: fc.integer({ min: 1, max: 30 }),
          more: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 30, noNaN: true })),
          schedule: fc.constantFrom(...schedules),
          seed: fc.string(),
        }),
        ({ minDays, more, schedule, seed }) => {
          const rate = { meanDays: minDays + more, minDays };
          const found = aSimulation({
            rate,
            seed,
            days: 120,
            groups: 2,
            config: { schedule: { ...schedule } },
          });
          expect(found.gap.shortest ?? minDays).toBeGreaterThanOrEqual(minDays);
          expect(found.strikes + sparedDays(found)).toBe(found.groupDays);
          expect(
            Object.keys(found.spared).filter((code) => !['not-drawn', 'min-days'].includes(code)),
          ).toEqual([]);
          expect(found.gap.unfinished).toBe(0);
        },
      ),
      { numRuns: 10 },
    );
  });

  test('is the same for the same seed, and another for another', () => {
    expect(aSimulation({ seed: 'a' })).toEqual(aSimulation({ seed: 'a' }));
    expect(aSimulation({ seed: 'a' }).byHour).not.toEqual(aSimulation({ seed: 'b' }).byHour);
  });

  test('obeys budgets, and says how often they spared', () => {
    const rate = { meanDays: 1, minDays: 1 };
    const found = aSimulation({ rate, config: { budgets: { perDay: { organization: 3 } } } });
    expect(found.strikesADay.days).toEqual([{ strikes: 3, days: 100 }]);
    expect(found.spared).toEqual({ 'budget-exhausted': 700 });
  });

  test('has no more strikes at a time than may be unverified', () => {
    const rate = { meanDays: 1, minDays: 1 };
    const schedule = { from: '09:00', to: '10:00', everyMinutes: 5 } as const;
    const found = aSimulation({
      rate,
      days: 20,
      config: { schedule, budgets: { unverified: { account: 1 } } },
    });
    // Ten groups in twelve slots, of which every other one finds the last struck one recovered.
    expect(found.strikesADay.max).toBe(6);
    expect(found.spared['budget-exhausted']).toBeGreaterThan(0);
    // A group that waited for its turn and then had it is struck, and not spared as well.
    expect(found.strikes + sparedDays(found)).toBe(found.groupDays);
  });

  test('strikes nothing in a freeze, and says so', () => {
    const rate = { meanDays: 1, minDays: 1 };
    const everywhere = { from: '2026-01-05', to: '2026-01-06', reason: 'sale' };
    const somewhere = { ...everywhere, to: '2026-01-07', accounts: ['222222222222'] };
    const { spared, strikes } = aSimulation({
      rate,
      config: { calendar: { freezes: [everywhere, somewhere] } },
    });
    expect(spared).toEqual({ freeze: 20, frozen: 10 });
    expect(strikes).toBe(970);
  });

  test('counts holidays and days off as no work days', () => {
    const daysOff = [{ date: '2026-01-01', name: "New Year's Day" }];
    const { from, to } = aSimulation({ days: 2, config: { calendar: { daysOff } } });
    expect([from, to]).toEqual(['2026-01-02', '2026-01-05']);
  });

  test('of no group is a mistake', () => {
    expect(() => aSimulation({ groups: 0 })).toThrow(new RangeError('expected at least one group'));
  });

  test('refuses more days than holidays are known for', () => {
    const calendar = {
      holidays: [{ country: 'DE' }],
      holidayDates: { through: '2026-01-31', days: [{ date: '2026-01-01', name: 'Neujahr' }] },
    };
    expect(aSimulation({ days: 21, config: { calendar } }).to).toBe('2026-01-30');
    expect(() => aSimulation({ days: 22, config: { calendar } })).toThrow(
      new InvalidInput('simulation', [
        {
          path: 'days',
          expected: 'expected at most 21: holidays are known until 2026-01-31; take more groups',
          found: '22',
        },
      ]),
    );
  });

  test('says how many gaps it could not follow to their end', () => {
    const calendar = { holidays: [{ country: 'DE' }], holidayDates: { through: '2026-01-31', days: [] } };
    const { gap } = aSimulation({ days: 22, groups: 50, config: { calendar } });
    expect(gap.unfinished).toBeGreaterThan(0);
    expect(gap.count + gap.unfinished).toBeGreaterThan(50);
  });

  test('has no mean where nothing is struck', () => {
    const { gap, strikes } = aSimulation({ config: { budgets: { perDay: { group: 0 } } } });
    expect(strikes).toBe(0);
    expect(gap).toEqual({
      unit: 'work day',
      ...{ count: 0, mean: null, low: null, high: null, shortest: null, longest: null },
      ...{ deviationPercent: null, unfinished: 0 },
    });
  });

  describe('of a chance in each slot', () => {
    test('has the mean gap 1/p in slots, within 4 standard errors, and strikes a group several times a day', () => {
      const { gap, strikes, strikesADay, spared } = aSimulation({
        ...{ rate: { probability: 1 / 4 }, groups: 40, days: 60 },
      });
      const error = Math.sqrt((1 - 1 / 4) / (1 / 4) ** 2 / gap.count);
      expect(gap).toMatchObject({ unit: 'slot', unfinished: 0, shortest: 1 });
      expect(Math.abs((gap.mean ?? Number.NaN) - 4)).toBeLessThan(4 * error);
      // Seven slots a day.
      expect(Math.abs(strikes / (40 * 60 * 7) - 1 / 4)).toBeLessThan(4 * Math.sqrt(3 / 16 / (40 * 60 * 7)));
      expect(strikesADay.max).toBeGreaterThan(40);
      // A group-day with a strike is not one without.
      expect(Object.values(spared).reduce((sum, count) => sum + count, 0)).toBeLessThan(
        40 * 60 * (3 / 4) ** 5,
      );
    });

    test('strikes in every slot where it is 1, and never where it is 0', () => {
      const always = aSimulation({ rate: { probability: 1 }, groups: 2, days: 3 });
      expect(always).toMatchObject({ strikes: 2 * 3 * 7, spared: {}, gap: { mean: 1, longest: 1 } });
      const never = aSimulation({ rate: { probability: 0 }, groups: 2, days: 3 });
      expect(never).toMatchObject({ strikes: 0, gap: { mean: null, count: 0 }, probability: 0 });
    });

    test('obeys the cooldown and the budgets', () => {
      const cooled = aSimulation({
        ...{ rate: { probability: 1 }, groups: 1, days: 5 },
        config: { guards: { cooldownMinutes: 120 } },
      });
      expect(cooled.strikes).toBe(5 * 4);
      const held = aSimulation({
        ...{ rate: { probability: 1 }, groups: 10, days: 5 },
        config: { budgets: { perDay: { organization: 3 } } },
      });
      expect(held).toMatchObject({ strikes: 15, spared: { 'budget-exhausted': 35 } });
    });
  });

  test('says after each day how many are done', () => {
    const done: number[] = [];
    aSimulation({ rate: { meanDays: 1, minDays: 1 }, days: 3, groups: 1, onDay: (day) => done.push(day) });
    // The gap that is open at the end ends on the fourth.
    expect(done).toEqual([1, 2, 3, 4]);
  });
});
