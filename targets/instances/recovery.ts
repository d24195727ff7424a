import type { Kind } from '#core/kinds/kind.ts';
import { healthyCapacity } from '#core/model/group.ts';

/** A group has recovered once it has its desired capacity again, or as many standalone instances as it had. */
export const recoveryOf: Kind['recovery'] = (
  strike,
  { group, launchesEnded, isScaling },
  { losesTarget, now },
) => {
  const isAsg = strike.target.arns.autoScalingGroup !== undefined;
  // Of standalone instances nothing is left to be a group; an Auto Scaling group was deleted.
  if (group === undefined && isAsg) return { outcome: 'gone', text: 'the group is no more' };

  const healthy = healthyCapacity(group ?? { members: [] });
  // Nobody says how many instances a standalone group should have: as many as it had.
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
