import { healthyCapacity } from '../model/group.ts';
import type { Recovery } from '../model/recovery.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Observation } from '../ports/fleet.ts';

/** A group that is being deployed or scaled is below its desired capacity again and again: it is given longer. */
const scalingPatience = 4;

/** How a group got over a strike. Undefined while the group is not back and its time is not up. */
export function recoveryOf(
  strike: StrikeEntry,
  { group, launchesEnded, isScaling }: Observation,
  losesInstance: boolean,
  withinMinutes: number,
  now: number,
): Recovery | undefined {
  const at = new Date(now).toISOString();
  const struckAt = Date.parse(strike.at);
  const isAsg = strike.target.arns.autoScalingGroup !== undefined;
  // Of standalone instances nothing is left to be a group; an Auto Scaling group was deleted.
  if (group === undefined && isAsg) return { outcome: 'gone', at, text: 'the group is no more' };

  const healthy = healthyCapacity(group ?? { members: [] });
  // Nobody says how many a standalone group should have: as many as it had.
  const needed = group !== undefined && isAsg ? group.desired : strike.healthy;
  const count = `${healthy} of ${needed} ${isAsg ? 'desired' : 'before'} are healthy`;
  if (healthy >= needed) {
    if (needed < strike.healthy) {
      const text = `${count}; before the strike ${strike.healthy} were, and fewer are wanted now`;
      return { outcome: 'recovered', at, text };
    }
    // With several launches, which of them made the group whole is not known.
    const [launched, ...others] = launchesEnded;
    const exact = losesInstance && launched !== undefined && others.length === 0;
    return { outcome: 'recovered', at, tookMs: (exact ? launched : now) - struckAt, exact, text: count };
  }
  const patience = isScaling ? withinMinutes * scalingPatience : withinMinutes;
  if (now < struckAt + patience * 60_000) return undefined;
  return {
    outcome: 'not-recovered',
    at,
    text: `${count}, ${Math.floor((now - struckAt) / 60_000)} minutes after ${strike.target.id} was struck by run ${strike.runId}`,
  };
}
