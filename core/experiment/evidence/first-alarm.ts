import { boundOf, type EvidencePlan } from './plan.ts';
import { addShare, copyOf, enterStage, type MutableWealth, refutes, startWealth } from './wealth.ts';

/** The place of the first bad sample at or after a place, from 0. */
type NextBad = (from: number) => number;

/** Plays a whole history of events at once: after how many samples it deviates; Infinity if it does not. Stages are equally long. */
export function firstAlarm(plan: EvidencePlan, nextBad: NextBad, samples = plan.samples): number {
  const wealth = startWealth(plan);
  const bound = Math.log(boundOf(plan));
  for (let stage = 1; stage <= plan.stages; stage += 1) {
    const [from, to] = [stage - 1, stage].map((part) => Math.round((part * samples) / plan.stages));
    enterStage(wealth);
    const alarm = play(wealth, bound, nextBad, from as number, to as number);
    if (alarm !== undefined) return alarm;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * The same of one stage, 1 for the first, from when its faults are sure to show. Nothing was bad before, which takes longest: then all that
 * was staked before is lost.
 */
export function firstAlarmIn(
  plan: EvidencePlan,
  stage: number,
): (nextBad: NextBad, samples: number) => number {
  const before = wealthBefore(plan, stage);
  const bound = Math.log(boundOf(plan));
  return (nextBad, samples) => play(copyOf(before), bound, nextBad, 0, samples) ?? Number.POSITIVE_INFINITY;
}

/** What there is once the faults of a stage show, if nothing was bad before. */
export function wealthBefore(plan: EvidencePlan, stage: number): MutableWealth {
  const wealth = startWealth(plan);
  for (const [index, { hidden, shown }] of plan.ofStages.slice(0, stage).entries()) {
    enterStage(wealth);
    addShare(wealth, 0, index + 1 < stage ? hidden + shown : hidden);
  }
  return wealth;
}

function play(
  wealth: MutableWealth,
  bound: number,
  nextBad: NextBad,
  from: number,
  to: number,
): number | undefined {
  let place = from;
  for (let bad = nextBad(place); bad < to; bad = nextBad(place)) {
    addShare(wealth, 0, bad - place);
    addShare(wealth, 1);
    place = bad + 1;
    if (refutes(wealth, bound)) return place;
  }
  addShare(wealth, 0, to - place);
  return undefined;
}
