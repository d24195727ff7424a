import type { GuardOn } from './guard.ts';
import { checkAlarms } from './shared/check-alarms.ts';

/** The alarm named by the group's own tag. */
export const groupAlarm: GuardOn<'inspection'> = {
  code: 'group-alarm',
  summary: 'The alarm named by the tag `chaos:alarm` is not OK.',
  needs: 'inspection',
  check: ({ group, inspection }, { config }) => {
    const key = config.tags.alarm;
    const name = group.tags[key];
    return name === undefined
      ? { passes: true, saw: `the group has no tag ${key}` }
      : checkAlarms([name], inspection.alarms);
  },
};
