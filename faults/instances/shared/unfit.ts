import type { InstanceFacts } from '#targets/instances/kind.ts';

/**
 * Applies to every fault: the service that manages an instance denies these calls to everybody else, even its owner, and
 * replaces the instance by its own rules. Source: EC2 User Guide, "Amazon EC2 managed instances".
 */
export function managedByService({ managedBy }: InstanceFacts): string | undefined {
  return managedBy === undefined
    ? undefined
    : `the instance is managed by ${managedBy}, which alone may end it`;
}

/** Source: API reference, RunScheduledInstances: "You can't stop or reboot a Scheduled Instance, but you can terminate it". */
export function scheduledInstance({ purchase }: InstanceFacts): string | undefined {
  return purchase === 'scheduled' ? 'a Scheduled Instance can be neither stopped nor rebooted' : undefined;
}
