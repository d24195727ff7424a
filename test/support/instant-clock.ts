import type { Clock } from '#core/ports/clock.ts';

export interface InstantClock extends Clock {
  /** How long each sleep was, in ms. */
  readonly slept: readonly number[];
}

/** A clock on which a sleep is over at once, and time has passed all the same. */
export function instantClock(startsAt = Date.parse('2026-11-23T09:00:00Z')): InstantClock {
  const slept: number[] = [];
  let now = startsAt;
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}
