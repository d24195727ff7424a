import { localTime } from '../calendar/schedule.ts';
import type { Gate } from './gate.ts';

/** A freeze of the whole organization. A freeze of an account or of groups is a guard. */
export const freeze: Gate = {
  name: 'freeze',
  summary:
    'A freeze of the whole organization is in effect (`calendar.freezes` without `accounts` and `groups`).',
  holds: 'live',
  applies: ({ calendar }) =>
    calendar.freezes.some(({ accounts, groups }) => (accounts ?? groups) === undefined),
  check: ({ config, calendar, now }) => {
    const freeze = calendar.freezeAt(now);
    return freeze === undefined
      ? { open: true, text: 'no freeze is in effect' }
      : { open: false, text: `frozen until ${localTime(config.schedule, freeze.until)}: ${freeze.reason}` };
  },
};
