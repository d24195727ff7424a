import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import { AlreadyEnded } from '#core/fault.ts';

/** States of an instance that its group has lost. */
const ended: readonly (string | undefined)[] = ['shutting-down', 'terminated', 'stopping', 'stopped'];

/**
 * What EC2 says it did to the one instance of a call: `running -> shutting-down`. Throws `AlreadyEnded` where the instance was on
 * its way out before: EC2 takes such a call as well, and answers as if it had done something.
 */
export function stateChange(changes: readonly InstanceStateChange[] | undefined): string {
  const change = changes?.[0];
  const [before, after] = [change?.PreviousState?.Name, change?.CurrentState?.Name];
  const text = `${before ?? 'unknown'} -> ${after ?? 'unknown'}`;
  if (ended.includes(before)) throw new AlreadyEnded(text);
  return text;
}
