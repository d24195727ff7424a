import { Temporal } from 'temporal-polyfill';
import type { Day } from '../calendar/calendar.ts';
import { weekdays } from '../calendar/schedule.ts';
import { measureSpread } from './measure-spread.ts';
import type { SimulatedDay } from './simulate-day.ts';
import type { Simulation } from './simulation.ts';

type Found = Pick<Simulation, 'from' | 'to' | 'strikes' | 'strikesADay' | 'byWeekday' | 'byHour' | 'spared'>;

/** Counts the results of simulated days. */
export interface Tally {
  add(day: Day, groups: number, came: SimulatedDay): void;
  found(): Found;
}

export function tallyStrikes(timeZone: string): Tally {
  let from: Day | undefined;
  let to = '';
  let strikes = 0;
  const daysBy = new Map<number, number>();
  const byHour = new Map<number, number>();
  const byWeekday = new Map<number, { strikes: number; groupDays: number }>();
  const spared = new Map<string, number>();

  return {
    add: (day, groups, came) => {
      from ??= day;
      to = day;
      strikes += came.strikes.length;
      count(daysBy, came.strikes.length);
      for (const [slot, { length }] of Map.groupBy(came.strikes, ({ slot }) => slot)) {
        const { hour } = Temporal.Instant.fromEpochMilliseconds(slot).toZonedDateTimeISO(timeZone);
        count(byHour, hour, length);
      }
      for (const code of came.spared.values()) count(spared, code);
      const { dayOfWeek } = Temporal.PlainDate.from(day);
      const weekday = byWeekday.get(dayOfWeek) ?? { strikes: 0, groupDays: 0 };
      byWeekday.set(dayOfWeek, {
        strikes: weekday.strikes + came.strikes.length,
        groupDays: weekday.groupDays + groups,
      });
    },
    found: () => ({
      from: from ?? '',
      to,
      strikes,
      strikesADay: measureSpread(daysBy),
      byWeekday: sorted(byWeekday).flatMap(([number, counts]) => {
        const weekday = weekdays[number - 1];
        return weekday === undefined ? [] : [{ weekday, ...counts }];
      }),
      byHour: sorted(byHour).map(([hour, strikes]) => ({ hour, strikes })),
      spared: Object.fromEntries([...spared].sort(([, a], [, b]) => b - a)),
    }),
  };
}

function count<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sorted<Value>(counts: ReadonlyMap<number, Value>): readonly (readonly [number, Value])[] {
  return [...counts].sort(([a], [b]) => a - b);
}
