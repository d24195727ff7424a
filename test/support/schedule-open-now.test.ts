import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { aConfig } from './a-config.ts';
import { scheduleOpenNow } from './schedule-open-now.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

describe('scheduleOpenNow', () => {
  test.each(['2026-11-29', '2028-02-29', '2026-12-31', '2027-03-28'])('is open at any hour of %s', (date) => {
    for (const hour of hours) {
      const now = Date.parse(`${date}T00:30:00Z`) + hour * 3_600_000;
      const calendar = makeCalendar(aConfig({ schedule: scheduleOpenNow(now) }));
      for (const offset of [-2, 0, 10]) {
        expect([hour, offset, calendar.isOpen(now + offset * 3_600_000)]).toEqual([hour, offset, true]);
      }
    }
  });
});
