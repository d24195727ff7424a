import type Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { CalendarExceptions, DayOff, HolidaysOf } from '#core/calendar/exceptions.ts';
import { compareText } from '#core/compare-text.ts';
import type { Config } from '#core/config.ts';
import { InvalidInput, type Mistake } from '#core/parse.ts';

/** Years that are looked up beyond the current one: a deployment is good for as long. */
const yearsAhead = 3;

type HolidayDates = NonNullable<CalendarExceptions['holidayDates']>;
type Library = typeof Holidays;

/** The calendar with the dates of its holidays as of `now`, epoch ms. `what` says where it came from, for `InvalidInput`. */
export async function withHolidayDates(
  { calendar, schedule }: Pick<Config, 'calendar' | 'schedule'>,
  now: number,
  what: string,
): Promise<CalendarExceptions> {
  const { holidays } = calendar;
  if (holidays.length === 0) return calendar;
  // A quarter of a second is spent on loading it: not where there is no use for it.
  const { default: library } = await import('date-holidays');
  const mistakes = holidays.flatMap((of, index) => mistakesIn(library, of, `calendar.holidays[${index}]`));
  if (mistakes.length > 0) throw new InvalidInput(what, mistakes);
  const { year } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(schedule.timeZone);
  return { ...calendar, holidayDates: datesOf(library, holidays, year) };
}

/** The year before is among them, as gaps are counted in work days from the last strike. */
function datesOf(library: Library, holidays: readonly HolidaysOf[], year: number): HolidayDates {
  const years = Array.from({ length: yearsAhead + 2 }, (_, index) => year - 1 + index);
  const through = `${year + yearsAhead}-12-31`;
  const days = holidays.flatMap((of) => {
    const source = new library(placeOf(of), { languages: 'en' });
    return years
      .flatMap((each) => source.getHolidays(each))
      .filter(({ type }) => type === 'public')
      .flatMap(daysOf);
  });
  const byText = new Map(days.map((day) => [`${day.date} ${day.name}`, day]));
  const sorted = [...byText].sort(([a], [b]) => compareText(a, b)).map(([, day]) => day);
  return { through, days: sorted.filter(({ date }) => date <= through) };
}

/**
 * The days that a holiday has a part of. `date` is where it begins, in local time: `2026-12-24 13:00:00`, and such a one ends
 * at midnight. One that begins at sunset the evening before has the date of its daytime and the start of the evening:
 * `2026-04-02 00:00:00 -0600`. The evening does not count.
 */
function daysOf({ date, start, end, name }: Holiday): readonly DayOff[] {
  const first = Temporal.PlainDate.from(date.slice(0, 'yyyy-mm-dd'.length));
  const hours = (end.getTime() - start.getTime()) / 3_600_000;
  // A day on which clocks are put back has 25 hours.
  const count = Math.ceil((hours - 1) / 24);
  return Array.from({ length: count }, (_, days) => ({ date: first.add({ days }).toString(), name }));
}
type Holiday = ReturnType<Holidays['getHolidays']>[number];

function mistakesIn(library: Library, of: HolidaysOf, path: string): readonly Mistake[] {
  const { country, region, subRegion } = of;
  const known = new library();
  return (
    mistake(`${path}.country`, country, known.getCountries(), '') ??
    mistake(`${path}.region`, region, known.getStates(country), ` in ${country}`) ??
    mistake(
      `${path}.subRegion`,
      subRegion,
      known.getRegions(country, region ?? ''),
      ` in ${country}-${region}`,
    ) ??
    []
  );
}

/** Undefined for a choice that is left out, or that there is. */
function mistake(
  path: string,
  chosen: string | undefined,
  choices: Readonly<Record<string, string>> | undefined,
  place: string,
): readonly Mistake[] | undefined {
  const codes = Object.keys(choices ?? {}).sort();
  if (chosen === undefined || codes.includes(chosen)) return undefined;
  const expected =
    codes.length > 0 ? `expected one of ${codes.join(', ')}` : `expected nothing: there is none${place}`;
  return [{ path, expected, found: JSON.stringify(chosen) }];
}

/** The library calls a region a state, and its part a region. */
function placeOf({ country, region, subRegion }: HolidaysOf) {
  return {
    country,
    ...(region !== undefined && { state: region }),
    ...(subRegion !== undefined && { region: subRegion }),
  };
}
