import type * as z from 'zod';
import type { Calendar } from '#core/calendar/calendar.ts';
import { CalendarExceptions } from '#core/calendar/calendar-config.ts';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { Schedule } from '#core/calendar/schedule.ts';

/** Monday to Friday, 09:00 to 16:00 UTC, every hour, unless said otherwise. */
export function aCalendar(
  schedule: z.input<typeof Schedule> = {},
  calendar: z.input<typeof CalendarExceptions> = {},
): Calendar {
  return makeCalendar({ schedule: Schedule.parse(schedule), calendar: CalendarExceptions.parse(calendar) });
}

/** Epoch ms. */
export function at(text: string): number {
  return Date.parse(text);
}

/** `2026-11-23T09:00Z` */
export function utc(moment: number): string {
  return new Date(moment).toISOString().replace(/:00\.000Z$/, 'Z');
}
