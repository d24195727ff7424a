import type { InstanceStateChange } from '@aws-sdk/client-ec2';

/** What EC2 says it did to the one instance of a call: `running -> shutting-down`. */
export function stateChange(changes: readonly InstanceStateChange[] | undefined): string {
  const change = changes?.[0];
  return `${change?.PreviousState?.Name ?? 'unknown'} -> ${change?.CurrentState?.Name ?? 'unknown'}`;
}
