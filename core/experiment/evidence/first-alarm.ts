import { boundOf, type EvidencePlan } from './plan.ts';
import { addShare, enterStage, refutes, startWealth } from './wealth.ts';

/**
 * Plays a whole history of events at once: after how many samples it deviates; Infinity if it does not. `nextBad`: the place of the
 * first bad sample at or after a place, from 0. Stages are equally long.
 */
export function firstAlarm(
  plan: EvidencePlan,
  nextBad: (from: number) => number,
  samples = plan.samples,
): number {
  const wealth = startWealth(plan);
  const bound = Math.log(boundOf(plan));
  let place = 0;
  let bad = nextBad(0);
  for (let stage = 1; stage <= plan.stages; stage += 1) {
    const end = Math.round((stage * samples) / plan.stages);
    enterStage(wealth);
    while (bad < end) {
      addShare(wealth, 0, bad - place);
      addShare(wealth, 1);
      place = bad + 1;
      if (refutes(wealth, bound)) return place;
      bad = nextBad(place);
    }
    addShare(wealth, 0, end - place);
    place = end;
  }
  return Number.POSITIVE_INFINITY;
}
