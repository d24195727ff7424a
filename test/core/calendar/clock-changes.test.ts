import { describe, expect, test } from 'vitest';
import { isInWindow, Schedule, windowCloses } from '#core/calendar/schedule.ts';
import { aCalendar, at, utc } from '../../support/a-calendar.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

interface Case {
  readonly timeZone: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly every?: 30 | 60;
  readonly what: string;
  readonly window: readonly [string, string];
  readonly slots: readonly string[];
}

const cases: readonly Case[] = [
  // Clocks go from 02:00 to 03:00 at 01:00 UTC.
  {
    timeZone: 'Europe/Berlin',
    day: '2026-03-29',
    from: '01:00',
    to: '04:00',
    what: 'leaves out the hour that clocks skip',
    window: ['2026-03-29T00:00Z', '2026-03-29T02:00Z'],
    slots: ['2026-03-29T00:00Z', '2026-03-29T01:00Z'],
  },
  {
    timeZone: 'Europe/Berlin',
    day: '2026-03-29',
    from: '02:15',
    to: '04:00',
    every: 30,
    what: 'opens as clocks skip its opening',
    window: ['2026-03-29T01:00Z', '2026-03-29T02:00Z'],
    slots: ['2026-03-29T01:15Z', '2026-03-29T01:45Z'],
  },
  {
    timeZone: 'Europe/Berlin',
    day: '2026-03-29',
    from: '01:00',
    to: '02:30',
    every: 30,
    what: 'closes as clocks skip its end',
    window: ['2026-03-29T00:00Z', '2026-03-29T01:00Z'],
    slots: ['2026-03-29T00:00Z', '2026-03-29T00:30Z'],
  },
  {
    timeZone: 'Europe/Berlin',
    day: '2026-03-29',
    from: '09:00',
    to: '11:00',
    what: 'is an hour earlier for the rest of the day',
    window: ['2026-03-29T07:00Z', '2026-03-29T09:00Z'],
    slots: ['2026-03-29T07:00Z', '2026-03-29T08:00Z'],
  },
  // Clocks go from 03:00 to 02:00 at 01:00 UTC.
  {
    timeZone: 'Europe/Berlin',
    day: '2026-10-25',
    from: '01:00',
    to: '04:00',
    what: 'has each slot once, though clocks show one twice',
    window: ['2026-10-24T23:00Z', '2026-10-25T03:00Z'],
    slots: ['2026-10-24T23:00Z', '2026-10-25T00:00Z', '2026-10-25T02:00Z'],
  },
  {
    timeZone: 'Europe/Berlin',
    day: '2026-10-25',
    from: '01:30',
    to: '02:30',
    every: 30,
    what: 'closes as clocks first show its end',
    window: ['2026-10-24T23:30Z', '2026-10-25T00:30Z'],
    slots: ['2026-10-24T23:30Z', '2026-10-25T00:00Z'],
  },
  // Clocks go from 02:00 to 03:00 at 07:00 UTC.
  {
    timeZone: 'America/New_York',
    day: '2026-03-08',
    from: '01:00',
    to: '04:00',
    what: 'leaves out the hour that clocks skip',
    window: ['2026-03-08T06:00Z', '2026-03-08T08:00Z'],
    slots: ['2026-03-08T06:00Z', '2026-03-08T07:00Z'],
  },
  // Clocks go from 02:00 to 01:00 at 06:00 UTC.
  {
    timeZone: 'America/New_York',
    day: '2026-11-01',
    from: '00:00',
    to: '03:00',
    what: 'has each slot once, though clocks show one twice',
    window: ['2026-11-01T04:00Z', '2026-11-01T08:00Z'],
    slots: ['2026-11-01T04:00Z', '2026-11-01T05:00Z', '2026-11-01T07:00Z'],
  },
  // The day begins at 01:00, at 22:00 UTC.
  {
    timeZone: 'Africa/Cairo',
    day: '2026-04-24',
    from: '00:00',
    to: '03:00',
    what: 'opens with a day that has no midnight',
    window: ['2026-04-23T22:00Z', '2026-04-24T00:00Z'],
    slots: ['2026-04-23T22:00Z', '2026-04-23T23:00Z'],
  },
  // Clocks go from midnight back to 23:00 of the same day, at 21:00 UTC.
  {
    timeZone: 'Africa/Cairo',
    day: '2026-10-29',
    from: '22:00',
    to: '23:59',
    what: 'closes before the last hour is shown again',
    window: ['2026-10-29T19:00Z', '2026-10-29T20:59Z'],
    slots: ['2026-10-29T19:00Z', '2026-10-29T20:00Z'],
  },
  // The day begins at 01:00, at 04:00 UTC.
  {
    timeZone: 'America/Santiago',
    day: '2026-09-06',
    from: '00:30',
    to: '02:30',
    what: 'opens with a day that has no midnight',
    window: ['2026-09-06T04:00Z', '2026-09-06T05:30Z'],
    slots: ['2026-09-06T04:30Z'],
  },
];

describe.each(cases)(
  '$timeZone on $day, $from to $to: $what',
  ({ timeZone, day, from, to, every, window, slots }) => {
    const schedule = Schedule.parse({ timeZone, from, to, days: [...days], everyMinutes: every ?? 60 });
    const calendar = aCalendar(schedule);
    const [opens, closes] = [at(window[0]), at(window[1])];

    test('window and slots', () => {
      const found = calendar.window(day);
      expect([utc(found.opens), utc(found.closes)]).toEqual(window);
      expect(calendar.slots(day).map(utc)).toEqual(slots);
      expect(calendar.offText(day)).toBeUndefined();
    });

    test('is open at its slots, in its first and last moment, and not beyond', () => {
      expect([opens - 1, opens, closes - 1, closes].map(calendar.isOpen)).toEqual([false, true, true, false]);
      expect(calendar.slots(day).every(calendar.isOpen)).toBe(true);
      expect(calendar.slots(day).map(calendar.dayOf)).toEqual(slots.map(() => day));
    });

    test('the schedule says the same', () => {
      expect([opens - 1, opens, closes - 1, closes].map((moment) => isInWindow(schedule, moment))).toEqual([
        false,
        true,
        true,
        false,
      ]);
      expect(windowCloses(schedule, opens)).toBe(closes);
    });
  },
);

describe('where clocks are put back', () => {
  test.each([
    ['02:30', '04:00', '2026-10-25T00:30Z', true, 'as it opens'],
    ['02:30', '04:00', '2026-10-25T01:00Z', false, 'while they show a time before its opening again'],
    ['02:30', '04:00', '2026-10-25T01:29Z', false, 'until they have shown it'],
    ['02:30', '04:00', '2026-10-25T01:30Z', true, 'as they show its opening again'],
    ['01:00', '02:30', '2026-10-25T00:29Z', true, 'before its end'],
    ['01:00', '02:30', '2026-10-25T01:15Z', false, 'while they show a time before its end again'],
  ] as const)('from %s to %s: %s is %s, %s', (from, to, moment, open, _what) => {
    const schedule = Schedule.parse({ timeZone: 'Europe/Berlin', days: ['sun'], from, to });
    expect(aCalendar(schedule).isOpen(at(moment))).toBe(open);
    expect(isInWindow(schedule, at(moment))).toBe(open);
  });
});

describe('a day whose hours clocks skip', () => {
  const calendar = aCalendar({ timeZone: 'Europe/Berlin', days: ['sun'], from: '02:00', to: '02:45' });

  test('is no work day', () => {
    expect(calendar.offText('2026-03-29')).toBe('clocks skip its hours');
    expect(calendar.slots('2026-03-29')).toEqual([]);
    expect(calendar.workDayAfter('2026-03-22', 1)).toBe('2026-04-05');
    expect(calendar.isOpen(at('2026-03-29T01:00Z'))).toBe(false);
  });

  test('is one a week before and after', () => {
    expect(calendar.slots('2026-03-22').map(utc)).toEqual(['2026-03-22T01:00Z']);
    expect(calendar.slots('2026-04-05').map(utc)).toEqual(['2026-04-05T00:00Z']);
  });
});
