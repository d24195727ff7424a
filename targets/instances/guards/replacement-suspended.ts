import type { InstanceGuard } from '../model.ts';

/**
 * Suspended, these keep no replacement from being launched or from serving. All others do, and so may a process that is not
 * known here. docs/guards.md goes through them one by one.
 * Source: Amazon EC2 Auto Scaling User Guide, "How suspended processes affect other processes"; of the last, "Considerations
 * for suspending processes": it "can be ignored".
 */
const harmless: readonly string[] = [
  'AlarmNotification',
  'AZRebalance',
  'InstanceRefresh',
  'ScheduledActions',
  'RemoveFromLoadBalancerLowPriority',
];

/** A strike tests recovery: without any of the others the instance is not replaced, or its replacement does not serve. */
export const replacementSuspended: InstanceGuard<'listing'> = {
  code: 'replacement-suspended',
  summary:
    'A [process that a replacement needs](#suspended-processes) is suspended: the instance would not be replaced, or its replacement would not serve.',
  needs: 'listing',
  check: ({ group: { suspendedProcesses } }) => {
    const suspended = suspendedProcesses.filter((process) => !harmless.includes(process));
    return suspended.length === 0
      ? { passes: true, saw: 'no process that a replacement needs is suspended' }
      : { passes: false, saw: `suspended: ${suspended.toSorted().join(', ')}` };
  },
};
