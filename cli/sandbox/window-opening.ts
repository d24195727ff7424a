import { calendarOf } from '#core/calendar/make-calendar.ts';
import type { Config } from '#core/config/config.ts';

/** Longer than any holiday or freeze that a demonstration should wait for. */
const daysLooked = 400;

/** When strikes may first happen: at the opening of the day of `epochMs` in the schedule's zone, or of a later work day. Epoch ms. */
export function findWindowOpening(config: Pick<Config, 'schedule' | 'calendar'>, epochMs: number): number {
  const calendar = calendarOf(config);
  let day = calendar.dayOf(epochMs);
  for (let looked = 0; looked < daysLooked; looked += 1) {
    const [opening] = calendar.slots(day);
    if (opening !== undefined && calendar.freezeAt(opening) === undefined) return opening;
    day = calendar.plusDays(day, 1);
  }
  throw new Error(`no work day of the schedule is free in ${daysLooked} days`);
}
