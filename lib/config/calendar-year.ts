import { Temporal } from 'temporal-polyfill';
import type { FreezeEntry } from '#core/calendar/calendar-config.ts';
import { parseBeginning, parseEnd } from '#core/calendar/local-time.ts';
import { type Weekday, weekdays } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { compareStrings } from '#core/util/compare-strings.ts';
import { type KnownHoliday, knownHolidays } from './known-holidays.ts';

/**
 * Countries whose government decrees days off each year, or where the moon must be sighted first. Only those for which the library was
 * found to miss days, or to be off by a day.
 */
const decreedIn = ['AE', 'BH', 'CN', 'EG', 'ID', 'KR', 'KW', 'MA', 'MY', 'OM', 'QA', 'SA', 'TR', 'TW'];

/** Lists a year's days off and freezes. Throws `InvalidInput`, naming `what` as the source, for an unknown country or region. */
export async function calendarYear(
  { calendar, schedule }: Pick<Config, 'calendar' | 'schedule'>,
  year: number,
  what: string,
) {
  const { holidays, daysOff, freezes } = calendar;
  const isOfYear = ({ date }: { readonly date: string }) => date.startsWith(`${year}-`);
  const around = [year - 1, year, year + 1];
  const known = holidays.length === 0 ? [] : (await knownHolidays(holidays, around, what)).filter(isOfYear);
  const off = known.filter(({ isOff }) => isOff);
  const offDates = new Set([...off, ...daysOff].map(({ date }) => date));
  const own = daysOff.filter(isOfYear).map((day) => ({ ...day, place: 'calendar.daysOff' }));
  const listed = (days: readonly Pick<KnownHoliday, 'date' | 'name' | 'place'>[]) =>
    merged(days, schedule.days);
  return {
    schemaVersion: 1,
    year,
    /** The time zone of all dates and times. */
    timeZone: schedule.timeZone,
    /** Holidays and days off, by date. */
    daysOff: listed([...off, ...own]),
    freezes: freezes.filter((freeze) => touches(freeze, year)),
    /** Days of the library's types `bank` and `optional`, which are work days here. */
    workDays: ['bank', 'optional'].flatMap((type) =>
      listed(known.filter((day) => day.type === type && !day.isOff && !offDates.has(day.date)))
        .filter(({ isOnSchedule }) => isOnSchedule)
        .map((day) => ({ ...day, type })),
    ),
    /** Configured countries that decree days off each year, or determine them by observation: the library cannot know all of them. */
    decreed: [...new Set(holidays.map(({ country }) => country))]
      .filter((country) => decreedIn.includes(country))
      .sort(),
  };
}

/** The days off and freezes of a year: `./chaos calendar --json`. */
export type CalendarYear = Readonly<Awaited<ReturnType<typeof calendarYear>>>;
export type ListedDay = CalendarYear['daysOff'][number];

/** Merges days with the same date and name, and sorts them. */
function merged(
  days: readonly { readonly date: string; readonly name: string; readonly place: string }[],
  scheduled: readonly Weekday[],
) {
  const byText = Map.groupBy(days, ({ date, name }) => `${date} ${name}`);
  return [...byText]
    .sort(([a], [b]) => compareStrings(a, b))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return [];
      const { date, name } = first;
      const weekday = getWeekday(date);
      const sources = [...new Set([first, ...others].map(({ place }) => place))];
      /** `sources`: `DE-BE`, or `calendar.daysOff`. */
      return [{ date, weekday, isOnSchedule: scheduled.includes(weekday), name, sources }];
    });
}

function getWeekday(date: string): Weekday {
  const weekday = weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1];
  if (weekday === undefined) throw new Error(`${date} has no weekday`);
  return weekday;
}

function touches({ from, to }: FreezeEntry, year: number): boolean {
  return (
    parseBeginning(from).year <= year &&
    Temporal.PlainDateTime.compare(parseEnd(to), new Temporal.PlainDateTime(year, 1, 1)) > 0
  );
}
