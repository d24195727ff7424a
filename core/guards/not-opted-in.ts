import type { GroupGuard } from './guard.ts';

/** The survey asks AWS for opted-in groups only; this does not rely on it. */
export const notOptedIn: GroupGuard = {
  code: 'not-opted-in',
  refuses: ({ tags }, { optIn }) =>
    tags[optIn.key] === optIn.value ? undefined : `the group has no tag ${optIn.key}=${optIn.value}`,
};
