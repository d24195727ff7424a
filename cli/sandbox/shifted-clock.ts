import type { Clock } from '#core/ports/clock.ts';

/** A clock that stands at `startsAt` (epoch ms) now, and goes on as `clock` does. */
export function shiftedClock(clock: Clock, startsAt: number): Clock {
  const shiftMs = startsAt - clock.now();
  return { now: () => clock.now() + shiftMs, sleep: (ms) => clock.sleep(ms) };
}
