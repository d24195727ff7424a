import type Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { DayOff, HolidaysOf } from '#core/calendar/calendar-config.ts';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';

/** A holiday of the library in one country or region. */
export interface KnownHoliday extends DayOff {
  /** `DE-BE`: country, region and subregion as configured. */
  readonly place: string;
  /** The library's type: `public`, `bank`, `school`, `optional`, `observance`. */
  readonly type: string;
  /** Whether it is a public day off there. */
  readonly isOff: boolean;
}

type Library = typeof Holidays;
type Holiday = ReturnType<Holidays['getHolidays']>[number];

/** Looks up the holidays of these places in these years. `what` names the source in `InvalidInput`. */
export async function knownHolidays(
  places: readonly HolidaysOf[],
  years: readonly number[],
  what: string,
): Promise<readonly KnownHoliday[]> {
  // Loaded late: it takes a quarter of a second.
  const { default: library } = await import('date-holidays');
  const mistakes = places.flatMap((of, index) => mistakesIn(library, of, `calendar.holidays[${index}]`));
  if (mistakes.length > 0) throw new InvalidInput(what, mistakes);
  return places.flatMap((of) => {
    const source = new library(toLibraryPlace(of), { languages: 'en' });
    const place = [of.country, of.region, of.subRegion].filter((part) => part !== undefined).join('-');
    return years
      .flatMap((year) => source.getHolidays(year))
      .flatMap((holiday) =>
        listDays(holiday).map((day) => ({ ...day, place, type: holiday.type, isOff: isDayOff(holiday) })),
      );
  });
}

/** Rules of the library that replace a holiday on a weekend with another day. */
const isMadeUpFor = /\bsubstitutes\b|\band if\b/i;

/**
 * The library types some public days off as `bank` or `observance`: the substitute days of Ireland, Bermuda, Spain and, for
 * Veterans Day, of the United States, and Labour Day in Taiwan. Only days off have substitutes. */
function isDayOff({ type, substitute, rule }: Holiday): boolean {
  return type === 'public' || substitute === true || isMadeUpFor.test(rule);
}

/**
 * The days that a holiday covers, at least in part. `date` is its local start: `2026-12-24 13:00:00` ends at midnight. A holiday that
 * starts at sunset has the date of the following day, and the start of the evening: `2026-04-02 00:00:00 -0600`. The evening does not
 * count.
 */
function listDays({ date, start, end, name }: Holiday): readonly DayOff[] {
  const first = Temporal.PlainDate.from(date.slice(0, 'yyyy-mm-dd'.length));
  const hours = (end.getTime() - start.getTime()) / 3_600_000;
  // A day on which clocks are set back has 25 hours.
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
    codes.length > 0 ? `expected one of ${codes.join(', ')}` : `expected none: there are none${place}`;
  return [{ path, expected, found: JSON.stringify(chosen) }];
}

/** The library calls a region a state, and a subregion a region. */
function toLibraryPlace({ country, region, subRegion }: HolidaysOf) {
  return {
    country,
    ...(region !== undefined && { state: region }),
    ...(subRegion !== undefined && { region: subRegion }),
  };
}
