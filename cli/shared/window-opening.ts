import { Temporal } from 'temporal-polyfill';
import { isInWindow, type Schedule } from '#core/schedule.ts';

/** The window may not open on a day when clocks are put forward, and the days may be one a week. */
const daysLooked = 15;

/** When the schedule's window opens: on the day of `epochMs` in the schedule's zone, or the next day that has one. Epoch ms. */
export function windowOpening(schedule: Schedule, epochMs: number): number {
  const { timeZone, from } = schedule;
  const today = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let days = 0; days < daysLooked; days += 1) {
    const opening = today.add({ days }).toZonedDateTime({ timeZone, plainTime: from }).epochMilliseconds;
    if (isInWindow(schedule, opening)) return opening;
  }
  throw new Error(`the window of the schedule never opens in ${daysLooked} days`);
}
