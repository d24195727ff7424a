import type { Clock } from '../../ports/clock.ts';
import type { Host } from './host.ts';

/** One process from start to end. `isStopped` is asked while it pauses. */
export function plainHost(clock: Clock, isStopped: () => Promise<boolean>): Host {
  return {
    step: (_name, _shape, work) => work(),
    pause: async (_name, ms) => {
      for (const until = clock.now() + ms; clock.now() < until; ) {
        if (await isStopped()) return;
        await clock.sleep(Math.min(askEveryMs, until - clock.now()));
      }
    },
    breathe: async () => {},
  };
}

const askEveryMs = 1_000;
