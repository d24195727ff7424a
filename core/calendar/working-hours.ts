import { Temporal } from 'temporal-polyfill';
import type { Day } from './calendar.ts';
import type { Span } from './local-days.ts';
import { firstMoment, toMoment } from './local-time.ts';
import { minuteOfDay, type Schedule, slotMinutes } from './schedule.ts';

/** The schedule's hours on one day, whether or not it is a work day. Epoch ms. */
export interface Hours {
  readonly opens: number;
  readonly closes: number;
  /** Ascending. */
  readonly slots: readonly number[];
  /** Clocks do not change on this day. */
  readonly even: boolean;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * On a day when clocks change, EventBridge Scheduler omits a slot at a time that clocks skip, and fires only once at a time
 * that they show twice; the earlier moment is assumed.
 * Source: "Schedule types in EventBridge Scheduler", Daylight savings time.
 */
export function hoursOfDay(schedule: Schedule, day: Day, { begins, ends }: Span): Hours {
  const { from, to, timeZone } = schedule;
  const minutes = slotMinutes(schedule);
  if (ends - begins === dayMs) {
    // Much faster, and correct on all but two days of a year.
    const at = (minute: number) => begins + minute * minuteMs;
    return { opens: at(minuteOfDay(from)), closes: at(minuteOfDay(to)), slots: minutes.map(at), even: true };
  }
  const date = Temporal.PlainDate.from(day);
  const at = (time: string) => firstMoment(date.toPlainDateTime(time), timeZone);
  const midnight = date.toPlainDateTime();
  const slots = minutes.flatMap((minute) => toMoment(midnight.add({ minutes: minute }), timeZone) ?? []);
  return { opens: at(from), closes: at(to), slots, even: false };
}
