import type { InspectionGuard } from './guard.ts';
import { alarmsAreOk } from './shared/alarms-are-ok.ts';

/** The configuration's alarms in the group's account and region. */
export const accountAlarm: InspectionGuard = {
  code: 'account-alarm',
  check: ({ looked }, { config }) => {
    const names = config.gates.alarms.account;
    return names.length === 0
      ? { passes: true, saw: 'no alarm is configured (gates.alarms.account)' }
      : alarmsAreOk(names, looked.alarms);
  },
};
