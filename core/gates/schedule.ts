import { isInWindow, localTime, windowText } from '../schedule.ts';
import type { Gate } from './gate.ts';

/** Clocks differ a little, and the Scheduler fires within the minute. */
const skewMs = 60_000;

/**
 * Strikes happen inside the window only, and a slot is good until the next one is due: a run that was delivered late does
 * not strike in somebody's evening.
 */
export const schedule: Gate = {
  name: 'schedule',
  holds: 'live',
  check: ({ config, slot, now }) => {
    const window = windowText(config.schedule);
    if (!isInWindow(config.schedule, now)) {
      return { open: false, text: `it is ${localTime(config.schedule, now)}, outside the window ${window}` };
    }
    if (slot.at > now + skewMs) return { open: false, text: `slot ${slot.id} is still to come` };
    if (slot.at + config.schedule.everyMinutes * 60_000 <= now - skewMs) {
      return { open: false, text: `slot ${slot.id} is over: the next one has taken its place` };
    }
    if (!isInWindow(config.schedule, slot.at)) {
      return { open: false, text: `slot ${slot.id} is outside the window ${window}` };
    }
    return { open: true, text: `inside the window ${window}` };
  },
};
