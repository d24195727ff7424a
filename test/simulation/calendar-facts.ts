import { Temporal } from 'temporal-polyfill';
import type { Config } from '#core/config.ts';
import { weekdays } from '#core/schedule.ts';

/** The calendar once more, in the plainest way, so that the product's own is not judged by itself. */
export function calendarFacts({ schedule, calendar }: Config) {
  const local = (moment: number) =>
    Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(schedule.timeZone);
  const isWorkDay = (day: Temporal.PlainDate) =>
    schedule.days.some((name) => weekdays.indexOf(name) + 1 === day.dayOfWeek) &&
    !calendar.daysOff.some(({ date }) => date === day.toString());
  const frozen = (moment: number) => {
    const now = local(moment).toPlainDateTime().toString();
    return calendar.freezes.some(({ from, to }) => from <= now && now < to);
  };
  return {
    dayOf: (moment: number) => local(moment).toPlainDate().toString(),
    isOpen: (moment: number) => {
      const time = local(moment).toPlainTime().toString({ smallestUnit: 'minute' });
      const isInHours = schedule.from <= time && time < schedule.to;
      return isInHours && isWorkDay(local(moment).toPlainDate()) && !frozen(moment);
    },
    /** Work days after `from`, up to and including `to`. */
    workDaysBetween: (from: string, to: string) => {
      let count = 0;
      let day = Temporal.PlainDate.from(from);
      while (day.toString() < to) {
        day = day.add({ days: 1 });
        if (isWorkDay(day)) count += 1;
      }
      return count;
    },
  };
}
