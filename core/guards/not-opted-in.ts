import type { GroupGuard } from './guard.ts';

/** The survey asks AWS for opted-in groups only; this does not rely on it. */
export const notOptedIn: GroupGuard = {
  code: 'not-opted-in',
  check: ({ tags }, { config }) => {
    const { key, value } = config.tags.optIn;
    return tags[key] === value
      ? { passes: true, saw: `the group has the tag ${key}=${value}` }
      : { passes: false, saw: `the group has no tag ${key}=${value}` };
  },
};
