import { alarmsAreOk } from '../gates/shared/alarms-are-ok.ts';
import type { LookedGuard } from './guard.ts';

/** The alarm that the group's own tag names. */
export const groupAlarm: LookedGuard = {
  code: 'group-alarm',
  check: ({ group, looked }, { config }) => {
    const key = config.tags.alarm;
    const name = group.tags[key];
    return name === undefined
      ? { passes: true, saw: `the group has no tag ${key}` }
      : alarmsAreOk([name], looked.alarms);
  },
};
