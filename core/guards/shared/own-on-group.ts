import { isOwn } from '../../model/experiment-slot.ts';
import type { GuardContext } from '../guard.ts';

/**
 * How many targets of this group the experiment itself has struck that have not recovered: what it has caused is no reason to strike fewer
 * than its stage says. 0 for a run.
 */
export function ownOnGroup(
  group: string,
  { open, ownSlots }: Pick<GuardContext, 'open' | 'ownSlots'>,
): number {
  if (!open.ok) return 0;
  return open.value.filter((strike) => strike.group === group && isOwn(strike, ownSlots)).length;
}
