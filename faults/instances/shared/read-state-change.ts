import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import { AlreadyEnded } from '#core/model/fault.ts';

/**
 * The state change of a call's only instance: `running -> shutting-down`. Throws `AlreadyEnded` if the instance was already in
 * one of the states `done`: EC2 accepts such a call, answers as if it had done something, and does nothing.
 */
export function readStateChange(
  changes: readonly InstanceStateChange[] | undefined,
  done: readonly string[],
): string {
  const change = changes?.[0];
  const [before = 'unknown', after = 'unknown'] = [change?.PreviousState?.Name, change?.CurrentState?.Name];
  const text = `${before} -> ${after}`;
  if (done.includes(before)) throw new AlreadyEnded(text);
  return text;
}
