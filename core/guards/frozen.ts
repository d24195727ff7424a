import { localTime } from '../calendar/schedule.ts';
import type { GuardOn } from './guard.ts';

/** A freeze of the group or its account. An organization-wide freeze is a gate. */
export const frozen: GuardOn<'listing'> = {
  code: 'frozen',
  summary: 'A freeze of the group or its account is in effect (`calendar.freezes`).',
  needs: 'listing',
  isForeseeable: true,
  check: ({ group }, { calendar, config, now }) => {
    const freeze = calendar.freezeOf(group, now);
    return freeze === undefined
      ? { passes: true, saw: 'no freeze of the group or its account' }
      : { passes: false, saw: `frozen until ${localTime(config.schedule, freeze.until)}: ${freeze.reason}` };
  },
};
