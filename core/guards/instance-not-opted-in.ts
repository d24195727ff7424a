import type { InstanceGuard } from './guard.ts';

/** IAM would refuse it as well: the target role reaches only instances that carry the tag themselves. */
export const instanceNotOptedIn: InstanceGuard = {
  code: 'instance-not-opted-in',
  refuses: ({ instance }, { optIn }) =>
    instance?.tags[optIn.key] === optIn.value ? undefined : `no tag ${optIn.key}=${optIn.value} on it`,
};
