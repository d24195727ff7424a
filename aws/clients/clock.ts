import { setTimeout } from 'node:timers/promises';
import type { Clock } from '#core/ports/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, over) => {
    await setTimeout(ms, undefined, over && { signal: over }).catch((error: unknown) => {
      if (over?.aborted !== true) throw error;
    });
  },
};
