import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { NoWorkDay } from '#core/calendar/calendar.ts';
import { failure } from '#core/model/failure.ts';
import { aCalendar, at, utc } from '../../support/a-calendar.ts';

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

describe('dayOf', () => {
  test.each([
    ['Pacific/Auckland', '2026-11-22T10:59:59Z', '2026-11-22'],
    ['Pacific/Auckland', '2026-11-22T11:00:00Z', '2026-11-23'],
    ['UTC', '2026-11-22T23:59:59Z', '2026-11-22'],
    ['UTC', '2026-11-23T00:00:00Z', '2026-11-23'],
    ['America/Los_Angeles', '2026-11-23T07:59:59Z', '2026-11-22'],
    ['America/Los_Angeles', '2026-11-23T08:00:00Z', '2026-11-23'],
    ['Pacific/Auckland', '2026-12-31T11:00:00Z', '2027-01-01'],
    ['America/Los_Angeles', '2027-01-01T07:59:59Z', '2026-12-31'],
  ] as const)('in %s %s is on %s', (timeZone, moment, day) => {
    expect(aCalendar({ timeZone }).dayOf(at(moment))).toBe(day);
  });

  test('is the same when asked again, and on either side of a midnight within one day of UTC', () => {
    const calendar = aCalendar({ timeZone: 'Pacific/Auckland' });
    const moments = ['2026-11-22T01:00:00Z', '2026-11-22T23:00:00Z', '2026-11-22T01:00:00Z'].map(at);
    expect(moments.map(calendar.dayOf)).toEqual(['2026-11-22', '2026-11-23', '2026-11-22']);
    const later = moments.slice(1).map(aCalendar({ timeZone: 'Pacific/Auckland' }).dayOf);
    expect(later).toEqual(['2026-11-23', '2026-11-22']);
  });

  test("is of the schedule's zone, whatever the machine's is", () => {
    const code = `
      const { makeCalendar } = await import(process.argv[1]);
      const calendar = makeCalendar({
        schedule: { timeZone: 'Pacific/Auckland', days: ['mon'], from: '09:00', to: '10:00', everyMinutes: 60 },
        calendar: { holidays: [], daysOff: [], freezes: [{ from: '2026-11-23', to: '2026-11-23', reason: 'fair' }] },
      });
      const moment = Date.parse('2026-11-22T20:00:00Z');
      console.log(JSON.stringify([
        calendar.dayOf(moment), calendar.slots('2026-11-23'), calendar.isOpen(moment), calendar.freezeAt(moment).until,
      ]));`;
    const file = fileURLToPath(new URL('../../../core/calendar/make-calendar.ts', import.meta.url));
    for (const TZ of ['UTC', 'Pacific/Auckland', 'America/Los_Angeles']) {
      const told = execFileSync(process.execPath, ['--input-type=module', '-e', code, file], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      });
      const moment = at('2026-11-22T20:00:00Z');
      expect(JSON.parse(told), TZ).toEqual(['2026-11-23', [moment], true, at('2026-11-23T11:00:00Z')]);
    }
  });
});

describe('offText', () => {
  const inIsrael = () =>
    aCalendar(
      { days: ['sun', 'mon', 'tue', 'wed', 'thu'] },
      {
        holidays: [{ country: 'DE' }],
        holidayDates: {
          through: '2029-12-31',
          days: [
            { date: '2026-12-28', name: "Holy Innocents' Day" },
            { date: '2026-12-25', name: 'Christmas Day' },
          ],
        },
        daysOff: [
          { date: '2026-12-24', name: 'company holiday' },
          { date: '2026-12-28', name: 'stocktaking' },
        ],
      },
    );

  test.each([
    ['2026-12-20', undefined, 'a Sunday, where people work on Sundays'],
    ['2026-12-19', 'Saturday', 'no day of the schedule'],
    ['2026-12-24', 'day off: company holiday', "one's own day"],
    ['2026-12-25', 'Friday', 'a holiday that is off anyway'],
    ['2026-12-28', "holiday: Holy Innocents' Day, day off: stocktaking", 'both'],
    ['2026-12-31', undefined, 'the last day of a year'],
    ['2029-12-31', undefined, 'the last day of which holidays are known'],
    ['2030-01-01', 'holidays are not known after 2029-12-31: deploy again', 'the day after'],
  ])('%s: %s, %s', (day, text, _what) => {
    expect(inIsrael().offText(day)).toBe(text);
  });

  test('is given for every day while holidays are asked for and have not been looked up', () => {
    const unresolved = aCalendar({}, { holidays: [{ country: 'DE' }] });
    expect(unresolved.offText('2026-11-23')).toBe(
      'holidays are not known: they are looked up when chaos.config.ts is loaded',
    );
    expect(unresolved.slots('2026-11-23')).toEqual([]);
    expect(unresolved.isOpen(at('2026-11-23T10:00:00Z'))).toBe(false);
  });

  test('knows no end where no holidays are asked for', () => {
    expect(aCalendar().offText('2099-01-01')).toBeUndefined();
  });
});

describe('slots and window', () => {
  test.each([
    [{}, ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00'], '09:00', '16:00'],
    [
      { from: '09:30', to: '10:31', everyMinutes: 20 as const },
      ['09:30', '09:50', '10:10', '10:30'],
      '09:30',
      '10:31',
    ],
    [{ from: '09:15', to: '09:16' }, ['09:15'], '09:15', '09:16'],
    [{ from: '23:58', to: '23:59' }, ['23:58'], '23:58', '23:59'],
    [
      { from: '00:00', to: '23:59', everyMinutes: 360 as const },
      ['00:00', '06:00', '12:00', '18:00'],
      '00:00',
      '23:59',
    ],
  ])('%j', (schedule, slots, opens, closes) => {
    const calendar = aCalendar(schedule);
    const day = (time: string) => `2026-11-23T${time}Z`;
    expect(calendar.slots('2026-11-23').map(utc)).toEqual(slots.map(day));
    expect(calendar.window('2026-11-23')).toEqual({ opens: at(day(opens)), closes: at(day(closes)) });
  });

  test('there is no slot on a day off', () => {
    expect(aCalendar().slots('2026-11-22')).toEqual([]);
    expect(aCalendar({}, { daysOff: [{ date: '2026-11-23', name: 'fair' }] }).slots('2026-11-23')).toEqual(
      [],
    );
  });
});

describe('isOpen', () => {
  const aMinute = () =>
    aCalendar({ from: '09:15', to: '09:16' }, { daysOff: [{ date: '2026-11-24', name: 'fair' }] });

  test.each([
    ['2026-11-23T09:14:59.999Z', false],
    ['2026-11-23T09:15:00.000Z', true],
    ['2026-11-23T09:15:59.999Z', true],
    ['2026-11-23T09:16:00.000Z', false],
    ['2026-11-22T09:15:00.000Z', false],
    ['2026-11-24T09:15:00.000Z', false],
  ])('a window of one minute at %s: %s', (moment, open) => {
    expect(aMinute().isOpen(at(moment))).toBe(open);
  });
});

describe('momentAt', () => {
  test('is from the opening to the last slot', () => {
    const calendar = aCalendar();
    expect(utc(calendar.momentAt('2026-11-23', 0))).toBe('2026-11-23T09:00Z');
    expect(utc(calendar.momentAt('2026-11-23', 0.5))).toBe('2026-11-23T12:00Z');
    expect(utc(calendar.momentAt('2026-11-23', 1 - 2 ** -53))).toBe('2026-11-23T15:00Z');
  });

  test('is the opening where there is one slot', () => {
    expect(utc(aCalendar({ from: '09:15', to: '09:16' }).momentAt('2026-11-23', 0.99))).toBe(
      '2026-11-23T09:15Z',
    );
  });

  test('throws on a day off', () => {
    expect(() => aCalendar().momentAt('2026-11-22', 0.5)).toThrow(
      new NoWorkDay('2026-11-22 is not a work day: Sunday'),
    );
  });
});

describe('workDayAfter', () => {
  const atChristmas = () =>
    aCalendar(
      {},
      {
        holidays: [{ country: 'DE' }],
        holidayDates: { through: '2027-12-31', days: [{ date: '2026-12-25', name: 'Christmas Day' }] },
        daysOff: [{ date: '2026-12-24', name: 'company holiday' }],
      },
    );
  const inIsrael = () => aCalendar({ days: ['sun', 'mon', 'tue', 'wed', 'thu'] });

  test.each([
    ['2026-12-23', 1, '2026-12-28', 'over days off, a holiday and a weekend', atChristmas],
    ['2026-12-26', 1, '2026-12-28', 'from a Saturday', atChristmas],
    ['2026-12-31', 1, '2027-01-01', "over a year's end", atChristmas],
    ['2026-12-30', 3, '2027-01-04', "over a year's end and a weekend", atChristmas],
    ['2027-12-30', 1, '2027-12-31', 'to the last day that is known', atChristmas],
    ['2026-11-26', 1, '2026-11-29', 'from Thursday to Sunday', inIsrael],
    ['2026-11-28', 5, '2026-12-03', 'a week from Saturday', inIsrael],
  ])('from %s, %i: %s, %s', (day, count, expected, _what, calendar) => {
    expect(calendar().workDayAfter(day, count)).toBe(expected);
  });

  test('throws where holidays are not known any more', () => {
    expect(() => atChristmas().workDayAfter('2027-12-30', 2)).toThrow(
      new NoWorkDay(
        'work day 2 after 2027-12-30 is unknown: holidays are not known after 2027-12-31: deploy again',
      ),
    );
  });

  test('finds one ten years ahead, and none later', () => {
    const calendar = aCalendar({ days: [...everyDay] });
    expect(calendar.workDayAfter('2026-01-01', 3_660)).toBe('2036-01-09');
    expect(() => calendar.workDayAfter('2026-01-01', 3_661)).toThrow(NoWorkDay);
  });

  test('throws where no day is known to be one', () => {
    expect(() => aCalendar({}, { holidays: [{ country: 'DE' }] }).workDayAfter('2026-11-23', 1)).toThrow(
      new NoWorkDay(
        'work day 1 after 2026-11-23 is unknown: holidays are not known: they are looked up when chaos.config.ts is loaded',
      ),
    );
  });

  test('throws rather than look for ever', () => {
    expect(() => inIsrael().workDayAfter('2026-11-23', 1e9)).toThrow(
      new NoWorkDay('work day 1000000000 after 2026-11-23 is unknown: not within 10 years'),
    );
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %s', (count) => {
    expect(() => inIsrael().workDayAfter('2026-11-23', count)).toThrow(
      new RangeError(`${count} is not a number of work days`),
    );
  });
});

test('NoWorkDay says its name in a report of failures', () => {
  expect(failure('survey', new NoWorkDay('Sunday'))).toEqual({
    stage: 'survey',
    code: 'NoWorkDay',
    message: 'Sunday',
  });
});

describe('days and plusDays', () => {
  test('count through month and year', () => {
    expect(aCalendar().days('2026-12-30', '2027-01-02')).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(aCalendar().days('2026-12-30', '2026-12-30')).toEqual(['2026-12-30']);
    expect(aCalendar().days('2026-12-30', '2026-12-29')).toEqual([]);
    expect(aCalendar().plusDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(aCalendar({ days: [...everyDay] }).plusDays('2027-01-01', -1)).toBe('2026-12-31');
  });
});
