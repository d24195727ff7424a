import type { InstanceGuard } from '../model.ts';

/**
 * Processes whose suspension does not prevent a replacement from being launched or from serving. All others do, and so may a process
 * that is not known here. docs/guards.md explains each of them.
 * Source: Amazon EC2 Auto Scaling User Guide, "How suspended processes affect other processes"; for the last one, "Considerations
 * for suspending processes": it "can be ignored".
 */
const harmless: readonly string[] = [
  'AlarmNotification',
  'AZRebalance',
  'InstanceRefresh',
  'ScheduledActions',
  'RemoveFromLoadBalancerLowPriority',
];

/** A strike tests recovery. While any other process is suspended, the replacement is not launched or does not serve. */
export const replacementSuspended: InstanceGuard<'listing'> = {
  code: 'replacement-suspended',
  summary:
    'A [process that replacements need](#suspended-processes) is suspended: the instance would not be replaced, or its replacement would not serve.',
  needs: 'listing',
  check: ({ group: { suspendedProcesses } }) => {
    const suspended = suspendedProcesses.filter((process) => !harmless.includes(process));
    return suspended.length === 0
      ? { passes: true, saw: 'no process that replacements need is suspended' }
      : { passes: false, saw: `suspended: ${suspended.toSorted().join(', ')}` };
  },
};
