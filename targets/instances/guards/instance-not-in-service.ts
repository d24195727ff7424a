import type { InstanceGuard } from '../model.ts';

/** A member counts as healthy only if its group and EC2 agree that it is up. */
export const instanceNotInService: InstanceGuard<'candidate'> = {
  code: 'instance-not-in-service',
  summary: 'The instance is not in service and healthy, according to its group or to EC2.',
  needs: 'candidate',
  check: ({ member }) => ({ passes: member.healthy, saw: member.state }),
};
