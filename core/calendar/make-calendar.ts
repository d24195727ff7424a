import { memoized } from '../util/memoize.ts';
import { type Calendar, type Day, NoWorkDay } from './calendar.ts';
import type { CalendarConfig } from './calendar-config.ts';
import { makeFreezes } from './freezes.ts';
import { localDays, plusDays } from './local-days.ts';
import { nonWorkingDays } from './non-working-days.ts';
import { isInWindow } from './schedule.ts';
import { type Hours, hoursOfDay } from './working-hours.ts';

/** A search must end, and no sensible minimum gap is this long. */
const yearsLooked = 10;

/** The calendar of a configuration whose holidays have been looked up. */
export function makeCalendar(config: CalendarConfig): Calendar {
  const { schedule } = config;
  const local = localDays(schedule.timeZone);
  const off = nonWorkingDays(config);

  const hours = memoized((day: Day): Hours => hoursOfDay(schedule, day, local.spanOf(day)));
  const offText = memoized((day: Day): string | undefined => {
    const text = off.textOf(day);
    if (text !== undefined) return text;
    return hours(day).slots.length === 0 ? 'clocks skip its hours' : undefined;
  });
  const lastLooked = memoized((day: Day): Day => plusDays(day, yearsLooked * 366));
  /** The next work day, or the day after the last one searched. */
  const nextWorkDay = memoized((day: Day): Day => {
    const last = lastLooked(day);
    let next = plusDays(day, 1);
    while (next <= last && offText(next) !== undefined) next = plusDays(next, 1);
    return next;
  });

  function workDayAfter(day: Day, count: number): Day {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`${count} is not a number of work days`);
    const last = lastLooked(day);
    let found = day;
    for (let left = count; left > 0; left -= 1) {
      const next = nextWorkDay(found);
      if (next > last) {
        const why = off.unknown(last) ?? `not within ${yearsLooked} years`;
        throw new NoWorkDay(`work day ${count} after ${day} is unknown: ${why}`);
      }
      found = next;
    }
    return found;
  }

  function slots(day: Day): readonly number[] {
    return offText(day) === undefined ? hours(day).slots : [];
  }

  function momentAt(day: Day, fraction: number): number {
    const last = slots(day).at(-1);
    if (last === undefined) throw new NoWorkDay(`${day} is not a work day: ${offText(day)}`);
    const { opens } = hours(day);
    return opens + Math.floor(fraction * (last - opens + 1));
  }

  function window(day: Day): ReturnType<Calendar['window']> {
    const { opens, closes } = hours(day);
    return { opens, closes };
  }

  function isOpen(moment: number): boolean {
    const day = local.dayOf(moment);
    if (offText(day) !== undefined) return false;
    const { opens, closes, even } = hours(day);
    return opens <= moment && moment < closes && (even || isInWindow(schedule, moment));
  }

  function days(from: Day, to: Day): readonly Day[] {
    const all: Day[] = [];
    for (let day = from; day <= to; day = plusDays(day, 1)) all.push(day);
    return all;
  }

  return {
    dayOf: local.dayOf,
    offText,
    workDayAfter,
    days,
    plusDays,
    window,
    slots,
    momentAt,
    isOpen,
    ...makeFreezes(config.calendar.freezes, schedule.timeZone),
  };
}
