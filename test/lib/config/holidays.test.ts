import { describe, expect, test } from 'vitest';
import { CalendarExceptions, type HolidaysOf } from '#core/calendar/calendar-config.ts';
import { Schedule } from '#core/calendar/schedule.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { withHolidayDates } from '#lib/config/holidays.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

function inspected(holidays: readonly HolidaysOf[], { timeZone = 'UTC', at = now } = {}) {
  const calendar = CalendarExceptions.parse({ holidays });
  return withHolidayDates({ calendar, schedule: Schedule.parse({ timeZone }) }, at, 'chaos.config.ts');
}

/** The holidays of a year, as `12-25 Christmas Day`. */
async function holidaysIn(year: number, ...holidays: readonly HolidaysOf[]): Promise<readonly string[]> {
  const { holidayDates } = await inspected(holidays);
  return (holidayDates?.days ?? [])
    .filter(({ date }) => date.startsWith(`${year}-`))
    .map(({ date, name }) => `${date.slice(5)} ${name}`);
}

async function refusal(...holidays: readonly HolidaysOf[]): Promise<InvalidInput> {
  const error = await inspected(holidays).catch((thrown: unknown) => thrown);
  if (!(error instanceof InvalidInput)) throw new Error(`no refusal: ${JSON.stringify(error)}`);
  return error;
}

describe('withHolidayDates', () => {
  test('leaves a calendar without holidays as it is', async () => {
    expect(await inspected([])).toEqual({ holidays: [], daysOff: [], freezes: [] });
  });

  test('knows the holidays of Berlin', async () => {
    expect(await holidaysIn(2026, { country: 'DE', region: 'BE' })).toEqual([
      "01-01 New Year's Day",
      "03-08 International Women's Day",
      '04-03 Good Friday',
      '04-06 Easter Monday',
      '05-01 Labour Day',
      '05-14 Ascension Day',
      '05-25 Whit Monday',
      '10-03 National Holiday',
      '12-25 Christmas Day',
      '12-26 Boxing Day',
    ]);
  });

  test('knows that those of Bavaria are others', async () => {
    const [berlin, bavaria] = await Promise.all([
      holidaysIn(2026, { country: 'DE', region: 'BE' }),
      holidaysIn(2026, { country: 'DE', region: 'BY' }),
    ]);
    expect(bavaria.filter((day) => !berlin.includes(day))).toEqual([
      '01-06 Epiphany',
      '06-04 Corpus Christi',
      "11-01 All Saints' Day",
    ]);
    expect(berlin.filter((day) => !bavaria.includes(day))).toEqual(["03-08 International Women's Day"]);
  });

  test('knows those of a part of a region', async () => {
    expect(await holidaysIn(2026, { country: 'DE', region: 'BY', subRegion: 'A' })).toContain(
      '08-08 Augsburg Peace Festival',
    );
  });

  test('has substitute days too, even before the year that they are of', async () => {
    // Independence Day of 2026 is a Saturday, and so is New Year's Day of 2028.
    expect(await holidaysIn(2026, { country: 'US' })).toContain('07-03 Independence Day (substitute day)');
    expect(await holidaysIn(2027, { country: 'US' })).toContain("12-31 New Year's Day (substitute day)");
  });

  test.each([
    ['IE', 2026, '12-28 St. Stephen’s Day (substitute day)'],
    ['IE', 2029, '03-19 St. Patrick’s Day (substitute day)'],
    ['BM', 2027, '12-27 Christmas Day (substitute day)'],
    ['US', 2028, '11-10 Veterans Day (substitute day)'],
    ['ES', 2025, '10-13 Fiesta Nacional de España (substitute day)'],
    ['TW', 2026, '05-01 Labour Day'],
    ['TW', 2027, '04-30 Labour Day (substitute day)'],
  ])('has of %s %i what the library does not type as public: %s', async (country, year, day) => {
    expect(await holidaysIn(year, { country })).toContain(day);
  });

  test.each([
    ['DE', 2026, '12-24', 'of banks, from 14:00 on'],
    ['IE', 2026, '04-03', 'of banks'],
    ['US', 2026, '05-10', 'an observance'],
    ['TW', 2026, '03-08', 'an observance'],
  ])('has not of %s in %i the %s: %s', async (country, year, date) => {
    const days = await holidaysIn(year, { country });
    expect(days.filter((day) => day.startsWith(date))).toEqual([]);
  });

  test('takes all places together, a day that they share once', async () => {
    const days = await holidaysIn(2026, { country: 'US' }, { country: 'DE' });
    expect(days).toEqual([...new Set(days)].sort());
    expect(days).toContain("01-01 New Year's Day");
    expect(days).toContain('10-03 National Holiday');
    expect(days).toContain('11-26 Thanksgiving Day');
  });

  test.each([
    ['SZ', '12-27', '12-31', ['12-28', '12-29', '12-30', '12-31'], 'all days of one that is six days long'],
    ['IS', '12-23', '12-24', ['12-24'], 'the day of one that begins at 13:00'],
    ['IL', '09-11', '09-22', ['09-12', '09-13', '09-21'], 'not the evening before, when some begin'],
    ['AE', '03-19', '03-23', ['03-20', '03-21', '03-22'], 'three days from a sunset'],
    [
      'TR',
      '03-19',
      '03-24',
      ['03-20', '03-21', '03-22', '03-23'],
      'the last day of one that is 90 hours long',
    ],
  ])('has of %s from %s to %s %j: %s', async (country, from, to, expected) => {
    const dates = (await holidaysIn(2026, { country })).map((day) => day.slice(0, 5));
    expect(dates.filter((date) => from <= date && date <= to)).toEqual(expected);
  });

  test('has the days of one that lasts into the next year, but not beyond the last', async () => {
    expect((await holidaysIn(2027, { country: 'SZ' })).slice(0, 3)).toEqual([
      '01-01 Incwala Festival',
      "01-01 New Year's Day",
      '01-02 Incwala Festival',
    ]);
    const { holidayDates } = await inspected([{ country: 'SZ' }]);
    expect(holidayDates?.days.at(-1)?.date).toBe('2029-12-31');
  });

  test('has one day of one on which clocks change', async () => {
    // 25 and 23 hours long.
    const austria = (await inspected([{ country: 'AT' }])).holidayDates?.days;
    expect(austria?.filter(({ date }) => /^2025-10-2[67]/.test(date))).toHaveLength(1);
    const denmark = await holidaysIn(2027, { country: 'DK' });
    expect(denmark.filter((day) => day.startsWith('03-28'))).toHaveLength(1);
  });

  test.each([
    ['UTC', '2026-12-31T23:59:59Z', '2029-12-31', '2025-'],
    ['UTC', '2027-01-01T00:00:00Z', '2030-12-31', '2026-'],
    ['Pacific/Auckland', '2026-12-31T12:00:00Z', '2030-12-31', '2026-'],
    ['America/New_York', '2027-01-01T04:59:59Z', '2029-12-31', '2025-'],
  ])(
    'takes the year in the zone of the schedule: in %s at %s it is through %s',
    async (timeZone, at, through, first) => {
      const { holidayDates } = await inspected([{ country: 'DE' }], { timeZone, at: Date.parse(at) });
      expect(holidayDates?.through).toBe(through);
      expect(holidayDates?.days.at(0)?.date).toBe(`${first}01-01`);
      expect(holidayDates?.days.at(-1)?.date).toBe(`${through.slice(0, 4)}-12-26`);
    },
  );

  test('gives what can be parsed again, and takes the place of what was there', async () => {
    const first = await inspected([{ country: 'KR' }, { country: 'SZ' }]);
    expect(CalendarExceptions.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
    const schedule = Schedule.parse({});
    const later = await withHolidayDates(
      { calendar: first, schedule },
      Date.parse('2027-06-01T00:00:00Z'),
      'chaos.config.ts',
    );
    expect(later.holidayDates?.through).toBe('2030-12-31');
    expect(first.holidayDates?.days.every(({ date }) => date <= '2029-12-31')).toBe(true);
  });
});

describe('a place that is not known', () => {
  test('is named with those that are', async () => {
    const { message } = await refusal(
      { country: 'DE', region: 'ZZ' },
      { country: 'US', region: 'LA', subRegion: 'ZZ' },
    );
    expect(message).toBe(
      [
        'chaos.config.ts is not valid:',
        '  calendar.holidays[0].region: expected one of BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH, found "ZZ"',
        '  calendar.holidays[1].subRegion: expected one of NO, found "ZZ"',
      ].join('\n'),
    );
  });

  test('may be a country', async () => {
    const { mistakes } = await refusal({ country: 'DE' }, { country: 'ZZ', region: 'ZZ' });
    expect(mistakes).toEqual([
      {
        path: 'calendar.holidays[1].country',
        expected: expect.stringMatching(/^expected one of AD, AE, .*DE, .*, ZW$/),
        found: '"ZZ"',
      },
    ]);
  });

  test('may be one that has none', async () => {
    expect((await refusal({ country: 'SG', region: 'x' })).mistakes).toEqual([
      {
        path: 'calendar.holidays[0].region',
        expected: 'expected none: there are none in SG',
        found: '"x"',
      },
    ]);
    expect((await refusal({ country: 'DE', region: 'BE', subRegion: 'x' })).mistakes).toEqual([
      {
        path: 'calendar.holidays[0].subRegion',
        expected: 'expected none: there are none in DE-BE',
        found: '"x"',
      },
    ]);
  });

  test('may have the name of something that every object has', async () => {
    expect((await refusal({ country: 'DE', region: 'constructor' })).mistakes[0]?.path).toBe(
      'calendar.holidays[0].region',
    );
  });
});
