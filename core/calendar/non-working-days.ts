import { Temporal } from 'temporal-polyfill';
import type { Day } from './calendar.ts';
import type { CalendarConfig } from './calendar-config.ts';
import { weekdays } from './schedule.ts';

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export interface NonWorkingDays {
  /** Why a day is off; undefined for a work day. */
  textOf(day: Day): string | undefined;
  /** Why it is unknown whether a day is a holiday; undefined if it is known. */
  unknown(day: Day): string | undefined;
}

/** Days off: by weekday, as holidays, or listed by name. A day for which this is unknown is off. */
export function nonWorkingDays({ schedule, calendar }: CalendarConfig): NonWorkingDays {
  const { holidays, holidayDates, daysOff } = calendar;
  const names = new Map<Day, string>();
  for (const { date, name } of [
    ...(holidayDates?.days ?? []).map(({ date, name }) => ({ date, name: `holiday: ${name}` })),
    ...daysOff.map(({ date, name }) => ({ date, name: `day off: ${name}` })),
  ]) {
    const others = names.get(date);
    names.set(date, others === undefined ? name : `${others}, ${name}`);
  }

  function unknown(day: Day): string | undefined {
    if (holidays.length === 0) return undefined;
    if (holidayDates === undefined)
      return 'holidays are not known: they are looked up when chaos.config.ts is loaded';
    if (day <= holidayDates.through) return undefined;
    return `holidays are not known after ${holidayDates.through}: deploy again`;
  }

  function textOf(day: Day): string | undefined {
    const weekday = Temporal.PlainDate.from(day).dayOfWeek - 1;
    const works = schedule.days.some((name) => name === weekdays[weekday]);
    return works ? (names.get(day) ?? unknown(day)) : weekdayNames[weekday];
  }

  return { textOf, unknown };
}
