import type { Calendar, Day } from '../calendar/calendar.ts';
import { makeCalendar } from '../calendar/make-calendar.ts';
import type { Config } from '../config/config.ts';

/** Calendars cache their answers, which would fill the memory over a thousand years. */
const renewedAfter = 5_000;
/** After this long without a work day, there will be none. */
const longestBreak = 1_000;

/** A work day, and the calendar in which it was found. */
export interface WorkDay {
  readonly day: Day;
  readonly calendar: Calendar;
}

/** The work days from `from` on, inclusive; ends when the calendar knows no more. */
export function* workDaysFrom(from: Day, config: Pick<Config, 'schedule' | 'calendar'>): Generator<WorkDay> {
  let calendar = makeCalendar(config);
  let day = from;
  for (let off = 0, looked = 0; off < longestBreak; looked += 1) {
    if (looked % renewedAfter === renewedAfter - 1) calendar = makeCalendar(config);
    off = calendar.offText(day) === undefined ? 0 : off + 1;
    if (off === 0) yield { day, calendar };
    day = calendar.plusDays(day, 1);
  }
}

/** The last `count` work days before `day`, latest first; fewer if there are not that many. */
export function workDaysBefore(day: Day, count: number, calendar: Calendar): readonly Day[] {
  const found: Day[] = [];
  let before = day;
  for (let off = 0; found.length < count && off < longestBreak; ) {
    before = calendar.plusDays(before, -1);
    off = calendar.offText(before) === undefined ? 0 : off + 1;
    if (off === 0) found.push(before);
  }
  return found;
}
