import type { GuardOn } from '#core/guards/guard.ts';

/** Somebody has taken it out of service to work on it. */
export const instanceStandby: GuardOn<'member'> = {
  code: 'instance-standby',
  summary: 'The instance is in Standby, or on its way there.',
  needs: 'member',
  check: ({ member }) => ({
    passes: member.lifecycle !== 'Standby' && member.lifecycle !== 'EnteringStandby',
    saw: member.state,
  }),
};
