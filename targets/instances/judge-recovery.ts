import type { Kind } from '#core/kinds/kind.ts';
import { healthyCapacity, type InstanceTypes } from './model.ts';

/** A group has recovered once it is back at its desired capacity, or has as many standalone instances as before. */
export const judgeRecovery: Kind<InstanceTypes>['recovery'] = (
  strike,
  { group, launchesEnded, isScaling },
  { losesTarget, now },
) => {
  const isAsg = strike.target.arns.autoScalingGroup !== undefined;
  // Only an Auto Scaling group can be deleted. A group of standalone instances is also undefined if none is left.
  if (group === undefined && isAsg) return { outcome: 'gone', text: 'the group no longer exists' };

  const healthy = healthyCapacity(group ?? { members: [] });
  // A group of standalone instances has no desired capacity: it should have as many as before the strike.
  const needed = group !== undefined && isAsg ? group.desired : strike.healthy;
  const text = `${healthy} of ${needed} ${isAsg ? 'desired' : 'before'} are healthy`;
  // A group that is being deployed or scaled is below its desired capacity again and again.
  if (healthy < needed) return { outcome: 'not-recovered', text, isBusy: isScaling };
  if (needed < strike.healthy) {
    const before = `before the strike ${strike.healthy} were, but the desired capacity is now lower`;
    return { outcome: 'recovered', text: `${text}; ${before}` };
  }
  // With several launches, it is unknown which of them completed the recovery.
  const [launched, ...others] = launchesEnded;
  const exact = losesTarget && launched !== undefined && others.length === 0;
  return { outcome: 'recovered', text, tookMs: (exact ? launched : now) - Date.parse(strike.at), exact };
};
