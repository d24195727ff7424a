import { counted } from '../util/format.ts';
import { listFirst } from '../util/list-first.ts';
import type { Gate } from './gate.ts';

/** SSM Change Calendars: one that is closed is enough. */
export const changeCalendar: Gate = {
  name: 'change-calendar',
  summary:
    'One of the SSM Change Calendars is closed (`gates.changeCalendars`). Costs one call per calendar.',
  holds: 'live',
  applies: ({ gates }) => gates.changeCalendars.length > 0,
  check: ({ config, closedCalendars }) => {
    if (!closedCalendars.ok) {
      return { open: false, text: `could not be checked: ${closedCalendars.reason}` };
    }
    const closed = closedCalendars.value;
    return closed.length === 0
      ? { open: true, text: `${counted(config.gates.changeCalendars.length, 'calendar')} open` }
      : { open: false, text: `closed: ${listFirst(closed)}` };
  },
};
