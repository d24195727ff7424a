import { Temporal } from 'temporal-polyfill';
import { toMoment } from '../../calendar/local-time.ts';
import type { Cron } from './cron.ts';

const minuteMs = 60_000;
const minutesOfDay = 24 * 60;
const dayMs = minutesOfDay * minuteMs;

/**
 * The next moments of a schedule after one, epoch ms. A time that clocks skip has no run, and one that they show twice has one, at the
 * first. Source: EventBridge Scheduler's user guide, "Schedule types", daylight savings time.
 */
export function nextRuns(
  cron: Cron,
  { timeZone, after, count }: { readonly timeZone: string; readonly after: number; readonly count: number },
): readonly number[] {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(timeZone);
  const today = Date.UTC(year, month - 1, day) / dayMs;
  const runs: number[] = [];
  for (const date of daysFrom(cron, year)) {
    if (date < today) continue;
    const midnight = new Temporal.PlainDateTime(1970, 1, 1).add({ days: date });
    for (const minutes of timesOf(cron)) {
      const moment = toMoment(midnight.add({ minutes }), timeZone);
      if (moment !== undefined && moment > after) runs.push(moment);
      if (runs.length === count) return runs;
    }
  }
  return runs;
}

/** The shortest time between two runs, on clocks that are never changed. Infinite for one run; undefined where there is none at all. */
export function shortestGapMs(cron: Cron): number | undefined {
  const times = timesOf(cron);
  const [first = 0, last = 0] = [times.at(0), times.at(-1)];
  let least = Math.min(
    Number.POSITIVE_INFINITY,
    ...times.slice(1).map((one, index) => one - (times[index] ?? 0)),
  );
  let before: number | undefined;
  for (const day of daysFrom(cron, 0)) {
    if (before !== undefined) least = Math.min(least, (day - before) * minutesOfDay - last + first);
    // No later pair of days is closer.
    if (day - 1 === before) break;
    before = day;
  }
  return before === undefined ? undefined : least * minuteMs;
}

/** Minutes of the day. */
function timesOf({ hours, minutes }: Cron): readonly number[] {
  return hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
}

/** Days since 1970. Not as dates of Temporal, which take a second for all there may be. */
function* daysFrom({ years, months, isDay }: Cron, firstYear: number): Generator<number> {
  for (const year of years.filter((one) => one >= firstYear)) {
    for (const month of months) {
      const before = Date.UTC(year, month - 1, 0) / dayMs;
      const last = Date.UTC(year, month, 0) / dayMs - before;
      for (let day = 1; day <= last; day += 1) {
        // The first of 1970 was a Thursday.
        if (isDay({ day, weekday: ((before + day + 4) % 7) + 1, last })) yield before + day;
      }
    }
  }
}
