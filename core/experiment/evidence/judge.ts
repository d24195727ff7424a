import type { Evidence } from './evidence.ts';
import { noticedShare, outageSamples } from './noticed-share.ts';
import { binomial, hoeffding, type Tails, upperLimit } from './tails.ts';

/** Why evidence does not suffice. */
export type TooLittle =
  /** Less than 90 % was measured. */
  | { readonly why: 'unmeasured'; readonly measured: number; readonly due: number }
  /** For so long nothing was measured at all. */
  | { readonly why: 'gap'; readonly gapMs: number; readonly atMostMs: number }
  /** So few samples could not have shown even an outage; `least` could have. */
  | { readonly why: 'too-few'; readonly measured: number; readonly least: number };

export type BaselineJudgement =
  | { readonly is: 'steady' }
  | { readonly is: 'not-steady'; readonly why: 'deviated'; readonly at: number }
  /** The state is bad at the end, if not yet for too long. */
  | { readonly is: 'not-steady'; readonly why: 'bad-now'; readonly since: number }
  /** Were it no worse than tolerated, as many would be bad with this probability. */
  | {
      readonly is: 'not-steady';
      readonly why: 'unlikely';
      readonly bad: number;
      readonly probability: number;
    }
  | ({ readonly is: 'not-steady' } & TooLittle);

export type EndJudgement =
  | { readonly is: 'deviated'; readonly at: number }
  | ({ readonly is: 'inconclusive' } & TooLittle)
  /** More were bad than tolerated, and yet not so many that chance is ruled out. */
  | {
      readonly is: 'inconclusive';
      readonly why: 'above-tolerance';
      readonly bad: number;
      readonly tolerated: number;
    }
  | {
      readonly is: 'survived';
      /** The smallest constant share of bad samples that would have been noticed with a probability of 95 %. Not of states. */
      readonly notices?: number;
      /** With 95 % confidence, the share of bad samples was below this. Not of states. */
      readonly below?: number;
    };

/** A steady baseline is found unlikely with at most this probability, for each probe. */
const unlikely = 0.01;

/**
 * Whether something may be injected, once a baseline's stage has ended. The test of the count is there because evidence alone is slow
 * to tell a baseline that is somewhat too bad, for which the fault would then be blamed.
 */
export function judgeBaseline(evidence: Evidence): BaselineJudgement {
  const { plan, deviated, badSince, wealth, measured } = evidence;
  if (deviated !== undefined) return { is: 'not-steady', why: 'deviated', at: deviated.at };
  const tooLittle = findTooLittle(evidence, 1);
  if (tooLittle !== undefined) return { is: 'not-steady', ...tooLittle };
  if (badSince !== undefined) return { is: 'not-steady', why: 'bad-now', since: badSince };
  if (!('bad' in plan.tolerance)) return { is: 'steady' };
  const bad = plan.measures === 'shares' ? evidence.bad : wealth.bursts;
  const probability = tailsOf(evidence).atLeast(bad, measured, plan.tolerance.bad);
  return probability < unlikely ? { is: 'not-steady', why: 'unlikely', bad, probability } : { is: 'steady' };
}

/** What a fault's evidence says in the end, once its last stage has ended. */
export function judgeEnd(evidence: Evidence): EndJudgement {
  const { plan, deviated, measured } = evidence;
  if (deviated !== undefined) return { is: 'deviated', at: deviated.at };
  const tooLittle = findTooLittle(evidence, outageSamples(plan));
  if (tooLittle !== undefined) return { is: 'inconclusive', ...tooLittle };
  if (!('bad' in plan.tolerance)) return { is: 'survived' };
  const tolerated = plan.tolerance.bad;
  const bad = evidence.bad / measured;
  if (bad > tolerated) return { is: 'inconclusive', why: 'above-tolerance', bad, tolerated };
  const notices = noticedShare(plan, measured);
  const below = upperLimit(tailsOf(evidence), evidence.bad, measured);
  return { is: 'survived', ...(notices !== undefined && { notices }), below };
}

function findTooLittle(evidence: Evidence, least: number): TooLittle | undefined {
  const { plan, measured, unmeasured, longestGapMs } = evidence;
  const due = Math.max(measured + unmeasured, plan.samples);
  if (measured < 0.9 * due) return { why: 'unmeasured', measured, due };
  const atMostMs = Math.max(10_000, 3 * plan.everyMs);
  if (longestGapMs > atMostMs) return { why: 'gap', gapMs: longestGapMs, atMostMs };
  return measured < least ? { why: 'too-few', measured, least } : undefined;
}

function tailsOf({ plan }: Evidence): Tails {
  return plan.measures === 'shares' ? hoeffding : binomial;
}
