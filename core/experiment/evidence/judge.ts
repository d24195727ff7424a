import type { Evidence } from './evidence.ts';
import { noticedShare, outageSamples } from './noticed-share.ts';
import type { EvidencePlan } from './plan.ts';
import { binomial, hoeffding, type Tails, upperLimit } from './tails.ts';

/** Why evidence does not suffice. */
export type TooLittle =
  /** Less than 90 % was measured; or, with `tolerated`, so little that more than that may have been bad. */
  | {
      readonly why: 'unmeasured';
      readonly measured: number;
      readonly due: number;
      /** Of the others, those that our own machine was too busy for. */
      readonly busy: number;
      readonly tolerated?: number;
    }
  /** For so long nothing was measured at all. `unmeasured`, `busy`: also before and after. */
  | {
      readonly why: 'gap';
      readonly gapMs: number;
      readonly atMostMs: number;
      readonly unmeasured: number;
      readonly busy: number;
    }
  /** So few samples could not have shown even an outage, or a state that is bad for longer than `badForMs`; `least` could have. */
  | {
      readonly why: 'too-few';
      readonly measured: number;
      readonly least: number;
      readonly badForMs?: number;
    };

export type BaselineJudgement =
  | { readonly is: 'steady' }
  | { readonly is: 'not-steady'; readonly why: 'deviated'; readonly at: number }
  /** The state is bad at the end, if not yet for too long. */
  | { readonly is: 'not-steady'; readonly why: 'bad-now'; readonly since: number }
  /** So many samples in a row were bad in the end. If something has just broken, evidence does not know yet. */
  | { readonly is: 'not-steady'; readonly why: 'bad-last'; readonly inRow: number }
  /** Were it no worse than tolerated, as many would be bad with this probability. */
  | {
      readonly is: 'not-steady';
      readonly why: 'unlikely';
      readonly bad: number;
      readonly probability: number;
    }
  | ({ readonly is: 'not-steady' } & TooLittle);

/** Why nobody can tell whether a stage was survived. */
export type Doubt =
  | TooLittle
  /** More were bad than tolerated, and yet not so many that chance is ruled out. */
  | { readonly why: 'above-tolerance'; readonly bad: number; readonly tolerated: number };

export type EndJudgement =
  | { readonly is: 'deviated'; readonly at: number }
  | ({ readonly is: 'inconclusive' } & Doubt)
  | {
      readonly is: 'survived';
      /** The smallest constant share of bad samples that would have been noticed with a probability of 95 %. Not of states. */
      readonly notices?: number;
      /** With 95 % confidence, the share of bad samples was below this, even if all that are unmeasured were bad. Not of states. */
      readonly below?: number;
    };

/** A steady baseline is found unlikely with at most this probability, for each probe. */
const unlikely = 0.01;
/** Samples that nobody could measure are no accident, if as many would be lost or bad with less than this probability. */
const noAccident = 0.05;
/** What is lost by ourselves, in a process that is busy: where less than that is tolerated, no verdict depends on it. */
const lostAnyway = 0.01;
/**
 * Of a stage, more bad samples than tolerated are no accident, if as many would be bad with less than this probability. A stage has few:
 * of 50, a single one is above 1 %. All stages together must be within what is tolerated as they are.
 */
const noChance = 0.2;

/**
 * Whether something may be injected now. The test of the count is there because evidence alone is slow to tell a baseline that is
 * somewhat too bad, for which the fault would then be blamed; that of the last ones, because it is slow where something has just broken.
 */
export function judgeBaseline(evidence: Evidence): BaselineJudgement {
  const { plan, deviated, badSince, wealth, measured } = evidence;
  if (deviated !== undefined) return { is: 'not-steady', why: 'deviated', at: deviated.at };
  const tooLittle = findTooLittle(evidence, 1);
  if (tooLittle !== undefined) return { is: 'not-steady', ...tooLittle };
  if (badSince !== undefined) return { is: 'not-steady', why: 'bad-now', since: badSince };
  if (!('bad' in plan.tolerance)) return { is: 'steady' };
  if (plan.measures === 'events' && wealth.run > 0 && plan.tolerance.bad ** wealth.run < unlikely) {
    return { is: 'not-steady', why: 'bad-last', inRow: wealth.run };
  }
  const bad = plan.measures === 'shares' ? evidence.bad : wealth.bursts;
  const probability = chanceOf(plan, bad, measured);
  return probability < unlikely ? { is: 'not-steady', why: 'unlikely', bad, probability } : { is: 'steady' };
}

/** Whether so many bad samples, those of a burst counted once, or so great a sum of bad shares, are what a baseline may have. */
export function isSteady(plan: EvidencePlan, bad: number, measured: number): boolean {
  return chanceOf(plan, bad, measured) >= unlikely;
}

/** Were it no worse than tolerated, the probability that as many are bad. A state is no matter of chance. */
function chanceOf(plan: EvidencePlan, bad: number, measured: number): number {
  if (!('bad' in plan.tolerance)) return bad > 0 ? 0 : 1;
  return tailsOf(plan).atLeast(bad, measured, plan.tolerance.bad);
}

/** What a fault's evidence says in the end, by that of each stage once it had ended: what is said has to hold for each. */
export function judgeEnd(stages: readonly [Evidence, ...Evidence[]]): EndJudgement {
  const [{ plan }] = stages;
  for (const evidence of stages) {
    if (evidence.deviated !== undefined) return { is: 'deviated', at: evidence.deviated.at };
    const doubt = findDoubt(evidence);
    if (doubt !== undefined) return { is: 'inconclusive', ...doubt };
  }
  if (!('bad' in plan.tolerance)) return { is: 'survived' };
  const tolerated = plan.tolerance.bad;
  const bad = sumOf(stages, 'bad') / sumOf(stages, 'measured');
  if (bad > tolerated) return { is: 'inconclusive', why: 'above-tolerance', bad, tolerated };
  const notices = noticedShare(plan, Math.min(...stages.map(({ measured }) => measured)));
  const limits = stages.map(({ bad, measured, unmeasured }) =>
    upperLimit(tailsOf(plan), bad + unmeasured, measured + unmeasured),
  );
  return { is: 'survived', ...(notices !== undefined && { notices }), below: Math.max(...limits) };
}

/** Why nobody can tell of a stage that has ended, and has not deviated; undefined if it was survived. */
export function findDoubt(evidence: Evidence): Doubt | undefined {
  const { plan, measured, unmeasured, busy } = evidence;
  const tooLittle = findTooLittle(evidence, outageSamples(plan, evidence.wealth.stages));
  if (tooLittle !== undefined) return tooLittle;
  if (!('bad' in plan.tolerance)) return undefined;
  const tolerated = plan.tolerance.bad;
  const tails = tailsOf(plan);
  const bad = evidence.bad / measured;
  if (bad > tolerated && tails.atLeast(evidence.bad, measured, tolerated) < noChance) {
    return { why: 'above-tolerance', bad, tolerated };
  }
  const due = measured + unmeasured;
  const chance = tails.atLeast(evidence.bad + unmeasured, due, Math.max(tolerated, lostAnyway));
  return unmeasured > 0 && chance < noAccident
    ? { why: 'unmeasured', measured, due, busy, tolerated }
    : undefined;
}

function sumOf(stages: readonly Evidence[], what: 'bad' | 'measured'): number {
  return stages.reduce((sum, stage) => sum + stage[what], 0);
}

function findTooLittle(evidence: Evidence, least: number): TooLittle | undefined {
  const { plan, measured, unmeasured, busy, longestGapMs, wealth } = evidence;
  const asked = measured + unmeasured;
  const planned = plan.ofStages[Math.max(1, wealth.stages) - 1]?.shown ?? 0;
  // As moments jitter, one that is planned may fall out of its stage.
  if (measured < 0.9 * Math.max(asked, planned - 1)) {
    return { why: 'unmeasured', measured, due: Math.max(asked, planned), busy };
  }
  const atMostMs = Math.max(10_000, 3 * plan.everyMs);
  if (longestGapMs > atMostMs) return { why: 'gap', gapMs: longestGapMs, atMostMs, unmeasured, busy };
  if (measured >= least) return undefined;
  const { tolerance } = plan;
  return { why: 'too-few', measured, least, ...('badForMs' in tolerance && tolerance) };
}

function tailsOf({ measures }: EvidencePlan): Tails {
  return measures === 'shares' ? hoeffding : binomial;
}
