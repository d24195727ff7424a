import type { GuardOn } from './guard.ts';
import { checkAlarms } from './shared/check-alarms.ts';

/** The configuration's alarms in the group's account and region. */
export const accountAlarm: GuardOn<'inspection'> = {
  code: 'account-alarm',
  summary: "One of the alarms of `gates.alarms.account` is not OK in the group's account and region.",
  needs: 'inspection',
  check: ({ inspection }, { config }) => {
    const names = config.gates.alarms.account;
    return names.length === 0
      ? { passes: true, saw: 'no alarm is configured (gates.alarms.account)' }
      : checkAlarms(names, inspection.alarms);
  },
};
