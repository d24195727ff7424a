import { Temporal } from 'temporal-polyfill';
import { weekdays } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';

/** A second, naive implementation of the calendar, as a reference for the product's own. */
export function referenceCalendar({ schedule, calendar }: Config) {
  const local = (moment: number) =>
    Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(schedule.timeZone);
  const isWorkDay = (day: Temporal.PlainDate) =>
    schedule.days.some((name) => weekdays.indexOf(name) + 1 === day.dayOfWeek) &&
    !calendar.daysOff.some(({ date }) => date === day.toString());
  const freezesAt = (moment: number) => {
    const now = local(moment).toPlainDateTime().toString();
    return calendar.freezes.filter(({ from, to }) => from <= now && now < to);
  };
  return {
    dayOf: (moment: number) => local(moment).toPlainDate().toString(),
    isOpen: (moment: number) => {
      const time = local(moment).toPlainTime().toString({ smallestUnit: 'minute' });
      const isInHours = schedule.from <= time && time < schedule.to;
      return isInHours && isWorkDay(local(moment).toPlainDate());
    },
    /** Of the whole organization, of the account, or of a group by the two patterns that scenarios have. */
    isFrozen: (moment: number, { account, group }: { readonly account: string; readonly group: string }) =>
      freezesAt(moment).some(({ accounts, groups }) => {
        if (accounts === undefined && groups === undefined) return true;
        const name = group.slice(group.lastIndexOf('/') + 1);
        const isNamed = groups !== undefined && (name.startsWith('w') || group.endsWith('/asg/api'));
        return isNamed || accounts?.includes(account) === true;
      }),
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
