import { iamDeny } from '#faults/roles/iam-deny.ts';
import type { Fact } from '../fact.ts';
import { scheduleEnds } from '../shared/schedule-ends.ts';

export const scheduleDetachesPolicy: Fact = {
  name: 'schedule-detaches-policy',
  claim:
    'EventBridge Scheduler detaches a policy from a role, though IAM is not in the region of the schedule.',
  faults: ['iam-deny'],
  check: scheduleEnds({
    fault: iamDeny,
    make: async (make) => {
      await make.denyPolicy();
      return make.role();
    },
    creates: ['a role', 'the policy that denies'],
    parameters: { minutes: 5 },
  }),
};
