import { expect, test } from 'vitest';
import { aSimulation } from '../../support/a-simulation.ts';
import { unevenness } from '../../support/chi-squared.ts';

test('a simulation has the mean that was asked for, within 5 %, over 20,000 group-days', () => {
  const rate = { meanDays: 10, minDays: 5 };
  const found = aSimulation({ rate, days: 200, groups: 100 });
  expect(found.groupDays).toBe(20_000);
  // Which is near 4 standard errors. `npm run bench` has a million, within 1 %.
  expect(Math.abs(found.gap.deviationPercent ?? Number.NaN)).toBeLessThan(5);
  expect(found.gap.unfinished).toBe(0);
  expect(found.groupDays / found.strikes).toBeCloseTo(10, 0);
  // Each weekday has as many group-days, and each slot but the first as long a time before it.
  expect(found.byWeekday.map(({ weekday, groupDays }) => `${weekday} ${groupDays}`)).toEqual(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((weekday) => `${weekday} 4000`),
  );
  expect(unevenness(found.byWeekday.map(({ strikes }) => strikes))).toBeLessThan(1);
  const afterFirst = found.byHour.filter(({ hour }) => hour !== 9);
  expect(afterFirst.map(({ hour }) => hour)).toEqual([10, 11, 12, 13, 14, 15]);
  expect(unevenness(afterFirst.map(({ strikes }) => strikes))).toBeLessThan(1);
});
