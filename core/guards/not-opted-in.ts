import type { GuardOn } from './guard.ts';

/** The survey already filters by the tag. This guard does not rely on that. */
export const notOptedIn: GuardOn<'listing'> = {
  code: 'not-opted-in',
  summary: 'The group lacks the opt-in tag (`tags.optIn`).',
  needs: 'listing',
  isForeseeable: true,
  check: ({ group: { tags } }, { config }) => {
    const { key, value } = config.tags.optIn;
    return tags[key] === value
      ? { passes: true, saw: `the group has the tag ${key}=${value}` }
      : { passes: false, saw: `the group has no tag ${key}=${value}` };
  },
};
