import { Temporal } from 'temporal-polyfill';
import type { Day } from '../calendar/calendar.ts';
import { weekdays } from '../calendar/schedule.ts';
import type { SimulatedDay } from './simulate-day.ts';
import { ascending, type Counts, count, describeStrikesADay } from './statistics.ts';

/** Counts what comes of simulated days. */
export function countOutcomes(timeZone: string) {
  let from: Day | undefined;
  let to = '';
  const strikesADay: Counts<number> = new Map();
  const strikesBy: Counts<string> = new Map();
  const groupDaysBy: Counts<string> = new Map();
  const byHour: Counts<number> = new Map();
  const spared: Counts<string> = new Map();
  return {
    add: (day: Day, groups: number, came: SimulatedDay): void => {
      from ??= day;
      to = day;
      const weekday = weekdays[Temporal.PlainDate.from(day).dayOfWeek - 1] ?? '';
      count(strikesADay, came.strikes.length);
      count(strikesBy, weekday, came.strikes.length);
      count(groupDaysBy, weekday, groups);
      for (const [slot, { length }] of Map.groupBy(came.strikes, ({ slot }) => slot)) {
        const { hour } = Temporal.Instant.fromEpochMilliseconds(slot).toZonedDateTimeISO(timeZone);
        count(byHour, hour, length);
      }
      for (const code of came.spared.values()) count(spared, code);
    },
    found: () => ({
      /** The first and the last work day, in the schedule's zone. */
      from: from ?? '',
      to,
      strikes: [...strikesBy.values()].reduce((sum, strikes) => sum + strikes, 0),
      strikesADay: describeStrikesADay(strikesADay),
      byWeekday: weekdays.flatMap((weekday) => {
        const groupDays = groupDaysBy.get(weekday);
        return groupDays === undefined ? [] : [{ weekday, strikes: strikesBy.get(weekday) ?? 0, groupDays }];
      }),
      /** By the local hour of the slot: 10 is 10:00 to 10:59. */
      byHour: ascending(byHour).map(([hour, strikes]) => ({ hour, strikes })),
      /** Group-days without a strike, by reason; the last slot's reason if several slots spared a group. */
      spared: Object.fromEntries([...spared].sort(([, a], [, b]) => b - a)),
    }),
  };
}
