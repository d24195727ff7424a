import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Schedule, weekdays } from '#core/calendar/schedule.ts';
import { aCalendar } from '../../support/a-calendar.ts';

const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Zones whose clocks change at different hours, by an hour and by half of one, or never. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Africa/Cairo',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Asia/Kathmandu',
];

const schedules = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    days: fc.subarray([...weekdays], { minLength: 1 }),
    edges: fc.uniqueArray(fc.integer({ min: 0, max: 24 * 60 - 1 }), { minLength: 2, maxLength: 2 }),
    everyMinutes: fc.constantFrom(5, 10, 15, 20, 30, 60, 120, 180, 240, 360),
  })
  .map(({ edges, ...others }) => {
    const [from = 0, to = 0] = [...edges].sort((a, b) => a - b);
    return Schedule.parse({ ...others, from: time(from), to: time(to) });
  });

/** Days of 2026, among them many on which clocks change. */
const dates = fc.oneof(
  fc.integer({ min: 0, max: 364 }).map((days) => aCalendar().plusDays('2026-01-01', days)),
  fc.constantFrom(
    '2026-03-08',
    '2026-03-29',
    '2026-04-04',
    '2026-04-05',
    '2026-04-24',
    '2026-09-06',
    '2026-10-04',
  ),
  fc.constantFrom('2026-09-27', '2026-10-25', '2026-10-29', '2026-11-01', '2026-12-31'),
);

const daysOff = fc
  .uniqueArray(dates, { maxLength: 40 })
  .map((off) => off.map((date) => ({ date, name: 'day off' })));

const calendars = fc
  .tuple(schedules, daysOff)
  .map(([schedule, off]) => aCalendar(schedule, { daysOff: off }));

const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a calendar', () => {
  test('has slots that ascend, on their day, inside the window, and open', () => {
    fc.assert(
      fc.property(calendars, dates, (calendar, day) => {
        const slots = calendar.slots(day);
        const { opens, closes } = calendar.window(day);
        expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b));
        expect(slots.every((slot) => opens <= slot && slot < closes)).toBe(true);
        expect(slots.every((slot) => calendar.dayOf(slot) === day && calendar.isOpen(slot))).toBe(true);
        expect(slots.length === 0).toBe(calendar.offText(day) !== undefined);
      }),
      { numRuns: 1_000 },
    );
  });

  test('has for every moment of a day a slot of that day at or after it', () => {
    fc.assert(
      fc.property(calendars, dates, fractions, (calendar, day, fraction) => {
        const last = calendar.slots(day).at(-1);
        fc.pre(last !== undefined);
        const moment = calendar.momentAt(day, fraction);
        expect(calendar.window(day).opens).toBeLessThanOrEqual(moment);
        expect(moment).toBeLessThanOrEqual(last ?? 0);
        expect(calendar.dayOf(moment)).toBe(day);
      }),
      { numRuns: 1_000 },
    );
  });

  test('has later moments for larger fractions', () => {
    fc.assert(
      fc.property(calendars, dates, fractions, fractions, (calendar, day, a, b) => {
        fc.pre(calendar.offText(day) === undefined);
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(calendar.momentAt(day, less)).toBeLessThanOrEqual(calendar.momentAt(day, more));
      }),
    );
  });

  test('counts work days: there are exactly as many after a day, to the one that was found', () => {
    fc.assert(
      fc.property(calendars, dates, fc.integer({ min: 1, max: 30 }), (calendar, day, count) => {
        const found = calendar.workDayAfter(day, count);
        const between = calendar.days(calendar.plusDays(day, 1), found);
        expect(between.filter((each) => calendar.offText(each) === undefined)).toHaveLength(count);
        expect(calendar.offText(found)).toBeUndefined();
      }),
    );
  });

  test('is open only on a work day, in its window, at a time that the schedule names', () => {
    const minutes = fc.integer({ min: -60, max: 26 * 60 });
    fc.assert(
      fc.property(schedules, dates, minutes, (schedule, day, minute) => {
        const calendar = aCalendar(schedule);
        const moment = calendar.window(day).opens + minute * 60_000;
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone: schedule.timeZone,
          hourCycle: 'h23',
          hour: '2-digit',
          minute: '2-digit',
        }).format(moment);
        const on = calendar.dayOf(moment);
        const { opens, closes } = calendar.window(on);
        expect(calendar.isOpen(moment)).toBe(
          calendar.offText(on) === undefined &&
            opens <= moment &&
            moment < closes &&
            schedule.from <= shown &&
            shown < schedule.to,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
