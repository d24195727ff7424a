import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import { AlreadyEnded } from '#core/model/fault.ts';

/**
 * What EC2 says it did to the one instance of a call: `running -> shutting-down`. Throws `AlreadyEnded` where the instance was in
 * one of the states `done` before: EC2 takes such a call as well, answers as if it had done something, and does nothing.
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
