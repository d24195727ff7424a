import type { InstanceGuard } from './guard.ts';

/** Somebody has taken it out of service to work on it. */
export const instanceStandby: InstanceGuard = {
  code: 'instance-standby',
  check: ({ member }) => ({
    passes: member.lifecycle !== 'Standby' && member.lifecycle !== 'EnteringStandby',
    saw: member.state,
  }),
};
