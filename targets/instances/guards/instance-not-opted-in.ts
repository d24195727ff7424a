import type { InstanceGuard } from '../model.ts';

/** IAM would refuse it as well: the target role reaches only instances that carry the tag themselves. */
export const instanceNotOptedIn: InstanceGuard<'target'> = {
  code: 'instance-not-opted-in',
  summary: 'The instance itself lacks the opt-in tag (`tags.optIn`).',
  needs: 'target',
  check: ({ instance }, { config }) => {
    const { key, value } = config.tags.optIn;
    return instance?.tags[key] === value
      ? { passes: true, saw: `the tag ${key}=${value} is on it` }
      : { passes: false, saw: `no tag ${key}=${value} on it` };
  },
};
