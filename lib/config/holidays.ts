import { Temporal } from 'temporal-polyfill';
import type { CalendarExceptions } from '#core/calendar/calendar-config.ts';
import type { Config } from '#core/config/config.ts';
import { compareStrings } from '#core/util/compare-strings.ts';
import { knownHolidays } from './known-holidays.ts';

/** Years that are looked up beyond the current one: a deployment is good for as long. */
const yearsAhead = 3;

/** The calendar with the dates of its holidays as of `now`, epoch ms. `what` says where it came from, for `InvalidInput`. */
export async function withHolidayDates(
  { calendar, schedule }: Pick<Config, 'calendar' | 'schedule'>,
  now: number,
  what: string,
): Promise<CalendarExceptions> {
  const { holidays } = calendar;
  if (holidays.length === 0) return calendar;
  const { year } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(schedule.timeZone);
  // The year before is among them, as gaps are counted in work days from the last strike.
  const years = Array.from({ length: yearsAhead + 2 }, (_, index) => year - 1 + index);
  const through = `${year + yearsAhead}-12-31`;
  const days = (await knownHolidays(holidays, years, what))
    .filter(({ isOff, date }) => isOff && date <= through)
    .map(({ date, name }) => ({ date, name }));
  const byText = new Map(days.map((day) => [`${day.date} ${day.name}`, day]));
  const sorted = [...byText].sort(([a], [b]) => compareStrings(a, b)).map(([, day]) => day);
  return { ...calendar, holidayDates: { through, days: sorted } };
}
