import type Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { DayOff, HolidaysOf } from '#core/calendar/calendar-config.ts';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';

/** A day that the library knows in one place. */
export interface KnownHoliday extends DayOff {
  /** `DE-BE`: country, region and part of it, as they are configured. */
  readonly place: string;
  /** The library's: `public`, `bank`, `school`, `optional`, `observance`. */
  readonly type: string;
  /** Whether it is a public day off there. */
  readonly isOff: boolean;
}

type Library = typeof Holidays;
type Holiday = ReturnType<Holidays['getHolidays']>[number];

/** What the library knows of these places in these years. `what` says where they came from, for `InvalidInput`. */
export async function knownHolidays(
  places: readonly HolidaysOf[],
  years: readonly number[],
  what: string,
): Promise<readonly KnownHoliday[]> {
  // A quarter of a second is exhausted on loading it: not where there is no use for it.
  const { default: library } = await import('date-holidays');
  const mistakes = places.flatMap((of, index) => mistakesIn(library, of, `calendar.holidays[${index}]`));
  if (mistakes.length > 0) throw new InvalidInput(what, mistakes);
  return places.flatMap((of) => {
    const source = new library(placeOf(of), { languages: 'en' });
    const place = [of.country, of.region, of.subRegion].filter((part) => part !== undefined).join('-');
    return years
      .flatMap((year) => source.getHolidays(year))
      .flatMap((holiday) =>
        daysOf(holiday).map((day) => ({ ...day, place, type: holiday.type, isOff: isDayOff(holiday) })),
      );
  });
}

/** Rules of the library that give another day for one that falls on a weekend. */
const isMadeUpFor = /\bsubstitutes\b|\band if\b/i;

/**
 * The library types some public days off as `bank` or `observance`: the substitute days of Ireland, Bermuda, Spain and, for
 * Veterans Day, of the United States, and Labour Day in Taiwan. Nobody makes up for a day that is none off.
 */
function isDayOff({ type, substitute, rule }: Holiday): boolean {
  return type === 'public' || substitute === true || isMadeUpFor.test(rule);
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
