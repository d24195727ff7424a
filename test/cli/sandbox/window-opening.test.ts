import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { findWindowOpening } from '#cli/sandbox/window-opening.ts';
import { CalendarExceptions } from '#core/calendar/calendar-config.ts';
import { isInWindow, localTime, Schedule, weekdays } from '#core/calendar/schedule.ts';

const sunday = Date.parse('2026-11-22T20:00:00Z');
const opening = (
  schedule: Partial<Schedule>,
  from = sunday,
  exceptions: z.input<typeof CalendarExceptions> = {},
) => {
  const parsed = Schedule.parse(schedule);
  const calendar = CalendarExceptions.parse(exceptions);
  return localTime(parsed, findWindowOpening({ schedule: parsed, calendar }, from));
};

describe('findWindowOpening', () => {
  test('is on the next work day', () => {
    expect(opening({ days: ['wed', 'tue'] })).toBe('Tue 2026-11-24 09:00 UTC');
  });

  test('is on the day itself, even when the window is over', () => {
    expect(opening({ days: ['sun'], from: '07:30' })).toBe('Sun 2026-11-22 07:30 UTC');
  });

  test("takes days and hours in the schedule's zone", () => {
    expect(opening({ days: ['mon'], timeZone: 'Australia/Sydney' })).toBe(
      'Mon 2026-11-23 09:00 Australia/Sydney',
    );
  });

  test('skips a day on which a clock change removes the window', () => {
    const spring = { days: ['sun'] as const, from: '02:15', to: '02:45', timeZone: 'Europe/Berlin' };
    expect(opening({ ...spring, days: ['sun'] }, Date.parse('2026-03-29T00:00:00Z'))).toBe(
      'Sun 2026-04-05 02:15 Europe/Berlin',
    );
  });

  test('skips holidays, days off and freezes of the whole organization', () => {
    const exceptions = {
      daysOff: [{ date: '2026-11-23', name: 'Inventory' }],
      freezes: [
        { from: '2026-11-24', to: '2026-11-24T12:00', reason: 'sale' },
        { from: '2026-11-25', to: '2026-11-25', reason: 'theirs', accounts: ['111111111111'] },
      ],
    };
    expect(opening({}, sunday, exceptions)).toBe('Wed 2026-11-25 09:00 UTC');
  });

  test('is inside the window, whatever the schedule', () => {
    const times = fc
      .uniqueArray(fc.integer({ min: 0, max: 24 * 60 - 1 }), { minLength: 2, maxLength: 2 })
      .map((minutes) => minutes.toSorted((a, b) => a - b).map(clockText));
    fc.assert(
      fc.property(
        times,
        fc.subarray([...weekdays], { minLength: 1 }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe'),
        fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') }),
        ([from, to], days, timeZone, at) => {
          const schedule = Schedule.parse({ from, to, days, timeZone });
          const calendar = CalendarExceptions.parse({});
          expect(isInWindow(schedule, findWindowOpening({ schedule, calendar }, at))).toBe(true);
        },
      ),
    );
  });
});

function clockText(minute: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${part(Math.floor(minute / 60))}:${part(minute % 60)}`;
}
