import type { GroupGuard } from './guard.ts';
import { oldEnough } from './shared/age.ts';
import { notChecked } from './shared/unchecked.ts';

/** A new group is still being set up. */
export const groupTooYoung: GroupGuard = {
  code: 'group-too-young',
  check: ({ kind, createdAt }, { config, now }) => {
    if (createdAt !== undefined) return oldEnough(createdAt, now, config.guards.minGroupAgeMinutes);
    return kind === 'tag'
      ? { passes: true, saw: 'standalone instances: their group has no age' }
      : { passes: false, saw: `${notChecked}: it has no time of creation` };
  },
};
