import { firstAlarmIn, wealthBefore } from './first-alarm.ts';
import { boundOf, type EvidencePlan } from './plan.ts';
import { seededUniform } from './seeded-uniform.ts';
import { addShare, refutes } from './wealth.ts';

/** How surely. */
const power = 0.95;
/** Digits beyond this would be noise. */
const precision = 1.01;
/** Of a history: about as many bad samples, but at least so many samples. Longer ones take too long to play, for little more. */
const mostPlayed = { bad: 1_000, samples: 20_000 };

/**
 * The smallest share of bad samples that would be noticed in each stage with a probability of 95 %, if it is constant from when its faults
 * are sure to show, and so many samples come from then on. Undefined if even an outage would not be, and for states. By default for those
 * that are planned: what `validate` says before anything has run.
 */
export function noticedShare(plan: EvidencePlan, samples = fewestShown(plan)): number | undefined {
  const key = JSON.stringify([plan, samples]);
  if (!noticed.has(key)) noticed.set(key, findNoticedShare(plan, samples));
  return noticed.get(key);
}

/** It takes a quarter of a second to find, and the probes of an experiment are often alike. */
const noticed = new Map<string, number | undefined>();

function findNoticedShare(plan: EvidencePlan, samples: number): number | undefined {
  if (!('bad' in plan.tolerance) || samples < mostOutageSamples(plan)) return undefined;
  const tolerated = plan.tolerance.bad;
  if (tolerated === 0) return plan.measures === 'shares' ? 0 : 1 - (1 - power) ** (1 / samples);
  const isNoticed =
    plan.measures === 'shares' ? noticesShares(plan, samples) : noticesEvents(plan, tolerated, samples);
  let [below, above] = [tolerated, 1];
  while (above > below * precision) {
    const between = Math.sqrt(below * above);
    if (isNoticed(between)) above = between;
    else below = between;
  }
  return above;
}

/** Samples in the stage that has fewest, once its faults are sure to show. */
export function fewestShown({ ofStages }: EvidencePlan): number {
  return Math.min(...ofStages.map(({ shown }) => shown));
}

/** How many samples an outage takes in the stage in which it takes longest. */
export function mostOutageSamples(plan: EvidencePlan): number {
  return outageSamples(worstCase(plan), plan.stages);
}

/** What holds for the last stage, where most was staked before, holds for each, if no stage takes longer to show its faults. */
function worstCase(plan: EvidencePlan): EvidencePlan {
  const hidden = Math.max(...plan.ofStages.map((stage) => stage.hidden));
  return { ...plan, ofStages: plan.ofStages.map((stage) => ({ ...stage, hidden })) };
}

/**
 * How many samples an outage takes until it is noticed, from when the faults of a stage are sure to show. A state has to be seen for longer
 * than it may be bad, and moments jitter.
 */
export function outageSamples(plan: EvidencePlan, stage: number): number {
  const { tolerance, everyMs } = plan;
  if ('badForMs' in tolerance && tolerance.badForMs > 0) return Math.floor(tolerance.badForMs / everyMs) + 2;
  return firstAlarmIn(plan, stage)((from) => from, Number.MAX_SAFE_INTEGER);
}

/**
 * Plays the rule itself, bursts and bets on later moments included, which no formula covers. The same histories serve for every share,
 * so the answer is always the same, and is monotone but for the rare burst. They are fewer where they are long: the longer, the less
 * they differ. Of the longest only the beginning is played: what is noticed in it is noticed, and somewhat less would be later.
 */
function noticesEvents(plan: EvidencePlan, tolerated: number, samples: number): (share: number) => boolean {
  const alarmOf = firstAlarmIn(worstCase(plan), plan.stages);
  const played = Math.min(samples, Math.max(mostPlayed.samples, mostPlayed.bad / tolerated));
  return (share) => {
    const histories = Math.round(Math.min(1_000, Math.max(100, 50_000 / (played * share))));
    let missed = 0;
    for (let history = 1; history <= histories; history += 1) {
      const next = independentSamples(share, seededUniform(history));
      const nextBad = (from: number) => {
        const place = next(from);
        return place < played ? place : Number.POSITIVE_INFINITY;
      };
      if (alarmOf(nextBad, samples) > samples) missed += 1;
      if (missed > (1 - power) * histories) return false;
    }
    return true;
  };
}

/** The place of the next bad sample where each is bad with the same probability: gaps are geometric. */
export function independentSamples(share: number, uniform: () => number): (from: number) => number {
  const logGood = Math.log1p(-share);
  return (from) => from + Math.floor(Math.log(uniform()) / logGood);
}

/** Every interval has that bad share: there is nothing random to it. */
function noticesShares(plan: EvidencePlan, samples: number): (share: number) => boolean {
  return (share) => {
    const wealth = wealthBefore(worstCase(plan), plan.stages);
    const bound = Math.log(boundOf(plan));
    for (let sample = 0; sample < samples; sample += 1) {
      addShare(wealth, share);
      if (refutes(wealth, bound)) return true;
    }
    return false;
  };
}
