import { expect, test } from 'vitest';
import { unevenness } from '../../support/chi-squared.ts';
import { simulated } from '../../support/simulated.ts';

test('a simulation has the mean that was asked for, within 1 %, over a million group-days', () => {
  const rate = { meanDays: 10, minDays: 5 };
  const found = simulated({ rate, days: 1_000, groups: 1_000 });
  expect(found.groupDays).toBe(1_000_000);
  // Which is near 6 standard errors.
  expect(Math.abs(found.gap.deviationPercent ?? Number.NaN)).toBeLessThan(1);
  expect(found.gap.unfinished).toBe(0);
  expect(found.groupDays / found.strikes).toBeCloseTo(10, 1);
  // Each weekday has as many group-days, and each slot but the first as long a time before it.
  expect(found.byWeekday.map(({ weekday, groupDays }) => `${weekday} ${groupDays}`)).toEqual(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((weekday) => `${weekday} 200000`),
  );
  expect(unevenness(found.byWeekday.map(({ strikes }) => strikes))).toBeLessThan(1);
  const afterFirst = found.byHour.filter(({ hour }) => hour !== 9);
  expect(afterFirst.map(({ hour }) => hour)).toEqual([10, 11, 12, 13, 14, 15]);
  expect(unevenness(afterFirst.map(({ strikes }) => strikes))).toBeLessThan(1);
}, 120_000);
