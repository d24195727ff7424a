import type { InstanceGuard } from './guard.ts';

/** A member counts as healthy only where the group's listing and EC2 agree that it is up. */
export const instanceNotInService: InstanceGuard = {
  code: 'instance-not-in-service',
  check: ({ member }) => ({ passes: member.healthy, saw: member.state }),
};
