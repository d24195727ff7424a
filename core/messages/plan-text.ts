import { Temporal } from 'temporal-polyfill';
import { weekdays } from '../calendar/schedule.ts';
import type { Plan, PlannedDay } from '../reports/plan.ts';

/** `Mon 2026-11-23`. */
export function dayText(day: string): string {
  const name = weekdays[Temporal.PlainDate.from(day).dayOfWeek - 1] ?? '';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${day}`;
}

/** The local time of a moment, ISO 8601: `09:00`. */
export function clockText(moment: string, timeZone: string): string {
  return Temporal.Instant.from(moment)
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}

/** All strikes of a day, including those left out to fit. */
export function countStrikes({ strikes, omitted = 0 }: PlannedDay): number {
  return strikes.length + omitted;
}

export function countPlanned({ days }: Plan): number {
  return days.reduce((sum, day) => sum + countStrikes(day), 0);
}
