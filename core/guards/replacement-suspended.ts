import type { GroupGuard } from './guard.ts';

/**
 * Without any one of these the group does not get its instance back: it is not found to be gone, not taken out, or no other
 * is launched. Source: Amazon EC2 Auto Scaling user guide, "How suspended processes affect other processes".
 */
const needed: readonly string[] = ['Launch', 'Terminate', 'ReplaceUnhealthy', 'HealthCheck'];

export const replacementSuspended: GroupGuard = {
  code: 'replacement-suspended',
  check: ({ suspendedProcesses }) => {
    const suspended = needed.filter((process) => suspendedProcesses.includes(process));
    return suspended.length === 0
      ? { passes: true, saw: `none of ${needed.join(', ')} is suspended` }
      : { passes: false, saw: `suspended: ${suspended.join(', ')}` };
  },
};
