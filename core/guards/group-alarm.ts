import type { InspectionGuard } from './guard.ts';
import { alarmsAreOk } from './shared/alarms-are-ok.ts';

/** The alarm that the group's own tag names. */
export const groupAlarm: InspectionGuard = {
  code: 'group-alarm',
  check: ({ group, looked }, { config }) => {
    const key = config.tags.alarm;
    const name = group.tags[key];
    return name === undefined
      ? { passes: true, saw: `the group has no tag ${key}` }
      : alarmsAreOk([name], looked.alarms);
  },
};
