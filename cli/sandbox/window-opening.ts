import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { Config } from '#core/config/config.ts';

/** Longer than any holiday or freeze. */
const maxDays = 400;

/** When the window next opens, in epoch ms: on the day of `epochMs` in the schedule's zone, or on a later work day. */
export function findWindowOpening(config: Pick<Config, 'schedule' | 'calendar'>, epochMs: number): number {
  const calendar = makeCalendar(config);
  let day = calendar.dayOf(epochMs);
  for (let days = 0; days < maxDays; days += 1) {
    const [opening] = calendar.slots(day);
    if (opening !== undefined && calendar.freezeAt(opening) === undefined) return opening;
    day = calendar.plusDays(day, 1);
  }
  throw new Error(`the schedule has no open window within ${maxDays} days`);
}
