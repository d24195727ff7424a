import type { InstanceGuard } from '../model.ts';

/** Somebody took it out of service to work on it. */
export const instanceStandby: InstanceGuard<'candidate'> = {
  code: 'instance-standby',
  summary: 'The instance is in Standby, or entering it.',
  needs: 'candidate',
  check: ({ member }) => ({
    passes: member.lifecycle !== 'Standby' && member.lifecycle !== 'EnteringStandby',
    saw: member.state,
  }),
};
