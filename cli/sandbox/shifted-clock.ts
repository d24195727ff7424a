import type { Clock } from '#core/ports/clock.ts';

/** A clock that shows `startsAt` (epoch ms) now and runs like `clock`. */
export function shiftedClock(clock: Clock, startsAt: number): Clock {
  const shiftMs = startsAt - clock.now();
  return { now: () => clock.now() + shiftMs, sleep: (ms) => clock.sleep(ms) };
}
