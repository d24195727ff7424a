import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { atMost } from '../util/at-most.ts';
import { eachOnce } from '../util/each-once.ts';
import { firstMoment } from './local-time.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const TimeOfDay = z
  .string('expected a time such as "09:00"')
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time from "00:00" to "23:59"');

const aTimeZone = 'expected an IANA time zone such as "Europe/Berlin"';
export const TimeZone = z.string('expected an IANA time zone').superRefine((name, context) => {
  const exact = exactTimeZone(name);
  if (exact === name) return;
  const message = exact === undefined ? aTimeZone : `expected the exact spelling "${exact}"`;
  context.addIssue({ code: 'custom', message });
});

/** Minutes between slots. Each value divides an hour, or is a number of hours that divides a day. */
const intervals = [5, 10, 15, 20, 30, 60, 120, 180, 240, 360] as const;

/** The hours in which strikes may happen, and how often a run starts within them. */
export const Schedule = z
  .strictObject({
    timeZone: TimeZone.default('UTC').describe(
      'In its exact spelling, the only one that EventBridge Scheduler accepts. All days and times in the configuration are in this zone.',
    ),
    days: atMost(
      weekdays.length,
      'days',
      z
        .array(z.enum(weekdays, `expected one of ${weekdays.join(', ')}`), 'expected a list of days')
        .min(1, 'expected at least one day')
        .superRefine(eachOnce('day')),
    )
      .default(['mon', 'tue', 'wed', 'thu', 'fri'])
      .describe(`Work days by weekday: ${weekdays.map((day) => `\`${day}\``).join(', ')}.`),
    from: TimeOfDay.default('09:00').describe('First minute of the window.'),
    to: TimeOfDay.default('16:00').describe('First minute after the window, later on the same day.'),
    everyMinutes: z
      .literal(intervals, `expected one of ${intervals.join(', ')}`)
      .default(60)
      .describe('Minutes between slots, counted from `from`. The last slot is before `to`.'),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    error: 'expected a time later on the same day than "from"',
  });
export type Schedule = z.infer<typeof Schedule>;

/**
 * Whether a moment is in the window: clocks show a time within it, on one of the days. If they are set back past its end, the
 * window does not open again.
 */
export function isInWindow(schedule: Schedule, epochMs: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(schedule.timeZone);
  const day = weekdays[local.dayOfWeek - 1];
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  if (day === undefined || !schedule.days.includes(day)) return false;
  return schedule.from <= time && epochMs < windowCloses(schedule, epochMs);
}

/** When the window of that moment's day closes: clocks first show its end, or skip it. Epoch ms. */
export function windowCloses(schedule: Schedule, epochMs: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(schedule.timeZone);
  return firstMoment(local.toPlainDate().toPlainDateTime(schedule.to), schedule.timeZone);
}

/** A moment in the schedule's zone, for people: `Mon 2026-11-23 09:00 Europe/Berlin`. */
export function localTime(schedule: Schedule, epochMs: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(schedule.timeZone);
  const day = weekdays[local.dayOfWeek - 1] ?? '';
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${day.charAt(0).toUpperCase()}${day.slice(1)} ${local.toPlainDate()} ${time} ${schedule.timeZone}`;
}

/** The window in words: `mon, tue 09:00-16:00 Europe/Berlin`. */
export function windowText(schedule: Schedule): string {
  return `${schedule.days.join(', ')} ${schedule.from}-${schedule.to} ${schedule.timeZone}`;
}

/**
 * The schedule as an EventBridge Scheduler expression, to be used with the schedule's time zone. Slots count from `from`. If
 * the window does not start and end on the hour, cron also fires outside of it; the `schedule` gate rejects those runs.
 * Source: "Schedule types in EventBridge Scheduler", Cron-based schedules.
 */
export function cronExpression(schedule: Schedule): string {
  const slots = slotMinutes(schedule);
  const minutes = ascending(slots.map((slot) => slot % 60));
  const hours = ascending(slots.map((slot) => Math.floor(slot / 60)));
  const days = schedule.days.map((day) => day.toUpperCase());
  return `cron(${minutes.join(',')} ${hours.join(',')} ? * ${days.join(',')} *)`;
}

/** The times of slots in minutes of the day, as clocks show them: 540 is 09:00. */
export function slotMinutes({ from, to, everyMinutes }: Schedule): readonly number[] {
  const start = minuteOfDay(from);
  return Array.from(
    { length: Math.ceil((minuteOfDay(to) - start) / everyMinutes) },
    (_, index) => start + index * everyMinutes,
  );
}

/** `09:00` is 540. */
export function minuteOfDay(time: string): number {
  const [hour, minute] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/**
 * A time zone in the spelling of the IANA database, the only one that EventBridge Scheduler accepts; undefined if there is
 * none. Temporal accepts any case, and offsets, which are not zones.
 */
function exactTimeZone(name: string): string | undefined {
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}
