import { systemClock } from '#aws/clients/clock.ts';
import type { Clock } from '#core/ports/clock.ts';

/** The system's clock, so many times as fast. A clock that jumps would run away while the durable runner is at work, which it cannot see. */
export function fastClock(startsAt: number, times: number): Clock {
  const startedAt = performance.now();
  return {
    now: () => startsAt + Math.round((performance.now() - startedAt) * times),
    sleep: (ms, over) => systemClock.sleep(Math.max(0, ms) / times, over),
  };
}
