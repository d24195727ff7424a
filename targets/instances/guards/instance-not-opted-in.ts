import type { InstanceGuard } from '../model.ts';

/** IAM would refuse it too: the target role allows strikes only on instances that have the tag themselves. */
export const instanceNotOptedIn: InstanceGuard<'target'> = {
  code: 'instance-not-opted-in',
  summary: 'The instance itself lacks the opt-in tag (`tags.optIn`).',
  needs: 'target',
  check: ({ instance }, { config }) => {
    const { key, value } = config.tags.optIn;
    return instance?.tags[key] === value
      ? { passes: true, saw: `has the tag ${key}=${value}` }
      : { passes: false, saw: `no tag ${key}=${value}` };
  },
};
