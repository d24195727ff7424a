import { expect, test } from 'vitest';
import { localDays } from '#core/calendar/local-days.ts';
import { Schedule } from '#core/calendar/schedule.ts';
import { hoursOfDay } from '#core/calendar/working-hours.ts';

test.each([
  ['2026-03-28', true],
  ['2026-03-29', false],
  ['2026-03-30', true],
  ['2026-10-25', false],
])('hoursOfDay says whether clocks go on evenly on %s: %s', (day, even) => {
  const schedule = Schedule.parse({ timeZone: 'Europe/Berlin' });
  expect(hoursOfDay(schedule, day, localDays(schedule.timeZone).spanOf(day)).even).toBe(even);
});
