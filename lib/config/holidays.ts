import { Temporal } from 'temporal-polyfill';
import type { CalendarExceptions } from '#core/calendar/calendar-config.ts';
import type { Config } from '#core/config/config.ts';
import { compareStrings } from '#core/util/compare-strings.ts';
import { knownHolidays } from './known-holidays.ts';

/** How many years to look up after the current one: the deployment stays valid that long. */
const yearsAhead = 3;

/** Adds the dates of holidays to the calendar, as of `now`, epoch ms. `what` names the source in `InvalidInput`. */
export async function withHolidayDates(
  { calendar, schedule }: Pick<Config, 'calendar' | 'schedule'>,
  now: number,
  what: string,
): Promise<CalendarExceptions> {
  const { holidays } = calendar;
  if (holidays.length === 0) return calendar;
  const { year } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(schedule.timeZone);
  // Includes the previous year, as gaps are counted in work days since the last strike.
  const years = Array.from({ length: yearsAhead + 2 }, (_, index) => year - 1 + index);
  const through = `${year + yearsAhead}-12-31`;
  const days = (await knownHolidays(holidays, years, what))
    .filter(({ isOff, date }) => isOff && date <= through)
    .map(({ date, name }) => ({ date, name }));
  const byText = new Map(days.map((day) => [`${day.date} ${day.name}`, day]));
  const sorted = [...byText].sort(([a], [b]) => compareStrings(a, b)).map(([, day]) => day);
  return { ...calendar, holidayDates: { through, days: sorted } };
}
