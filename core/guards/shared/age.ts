import { counted } from '../../util/format.ts';
import type { Verdict } from '../guard.ts';

/** Minutes between two moments in epoch ms; 0 if `then` is in the future, as clocks differ a little. */
export function countMinutes(then: number, now: number): number {
  return Math.max(0, now - then) / 60_000;
}

/** Passes if `beganAt`, epoch ms, was at least `minMinutes` ago. */
export function checkAge(beganAt: number, now: number, minMinutes: number): Verdict {
  const age = countMinutes(beganAt, now);
  const passes = age >= minMinutes;
  const shown = passes ? spanText(age) : minutesText(age);
  return { passes, saw: `${shown} old, at least ${counted(minMinutes, 'minute')} needed` };
}

/** `59 minutes`. Rounded down, so that too short a time never reads as long enough. */
export function minutesText(minutes: number): string {
  return counted(Math.floor(minutes), 'minute');
}

/** The same in a suitable unit: `59 minutes`, `5 hours`, `12 days`. */
export function spanText(minutes: number): string {
  if (minutes < 2 * 60) return minutesText(minutes);
  if (minutes < 2 * 24 * 60) return counted(Math.floor(minutes / 60), 'hour');
  return counted(Math.floor(minutes / (24 * 60)), 'day');
}
