import type { Kind } from '#core/kinds/kind.ts';
import { healthyCapacity, type InstanceTypes } from './model.ts';

/** A group has recovered once it is back at its desired capacity, or has as many standalone instances as before. */
export const recoveryOf: Kind<InstanceTypes>['recovery'] = (
  strike,
  { group, launchesEnded, isScaling },
  { losesTarget, now },
) => {
  const isAsg = strike.target.arns.autoScalingGroup !== undefined;
  // An Auto Scaling group was deleted; of standalone instances there may be none left that could form a group.
  if (group === undefined && isAsg) return { outcome: 'gone', text: 'the group is no more' };

  const healthy = healthyCapacity(group ?? { members: [] });
  // Nothing says how many instances a standalone group should have, so it should have as many as before.
  const needed = group !== undefined && isAsg ? group.desired : strike.healthy;
  const text = `${healthy} of ${needed} ${isAsg ? 'desired' : 'before'} are healthy`;
  // A group that is being deployed or scaled is below its desired capacity again and again.
  if (healthy < needed) return { outcome: 'not-recovered', text, isBusy: isScaling };
  if (needed < strike.healthy) {
    const before = `before the strike ${strike.healthy} were, and fewer are wanted now`;
    return { outcome: 'recovered', text: `${text}; ${before}` };
  }
  // With several launches, which of them made the group whole is not known.
  const [launched, ...others] = launchesEnded;
  const exact = losesTarget && launched !== undefined && others.length === 0;
  return { outcome: 'recovered', text, tookMs: (exact ? launched : now) - Date.parse(strike.at), exact };
};
