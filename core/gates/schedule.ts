import { localTime, windowText } from '../calendar/schedule.ts';
import type { Gate } from './gate.ts';

/** Allows for small clock differences, and for the Scheduler, which fires within the minute. */
const skewMs = 60_000;

/**
 * Strikes happen only during the hours of work days, and a slot is valid until the next one is due: a run that is delivered
 * late does not strike in somebody's evening.
 */
export const schedule: Gate = {
  name: 'schedule',
  summary:
    'It is outside the hours or a day off ([`schedule`, `calendar`](configuration.md#when)), or the slot is over or has not begun.',
  holds: 'live',
  check: ({ config, calendar, slot, now }) => {
    const window = windowText(config.schedule);
    const outside = (moment: number): string | undefined => {
      if (calendar.isOpen(moment)) return undefined;
      const off = calendar.offText(calendar.dayOf(moment));
      return off === undefined ? `outside the window ${window}` : `not a work day (${off})`;
    };
    const nowOutside = outside(now);
    if (nowOutside !== undefined) {
      return { open: false, text: `it is ${localTime(config.schedule, now)}, ${nowOutside}` };
    }
    if (slot.at > now + skewMs) return { open: false, text: `slot ${slot.id} has not begun` };
    if (slot.at + config.schedule.everyMinutes * 60_000 <= now - skewMs) {
      return { open: false, text: `slot ${slot.id} is over: the next one is due` };
    }
    const slotOutside = outside(slot.at);
    if (slotOutside !== undefined) return { open: false, text: `slot ${slot.id}: ${slotOutside}` };
    return { open: true, text: `inside the window ${window}` };
  },
};
