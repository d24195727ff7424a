import { type EvidencePlan, greatestTolerated } from './plan.ts';

/** A bet that the share of bad samples is some greater one than tolerated. All are natural logarithms. */
export interface Odds {
  /** Its part of the stake. */
  readonly weight: number;
  /** What a bad and a good sample multiply it by: how much likelier each is with that greater share. */
  readonly ifBad: number;
  readonly ifGood: number;
}

/**
 * Half of the stake is on twice the tolerated share, which takes longest to tell; the others notice worse sooner. What is closer than
 * 1.2 times would take too long for any experiment. There is no bet where nothing is tolerated. Throws RangeError for a share that is
 * none, or above 50 %.
 */
export function makeOdds(tolerated: number): readonly Odds[] {
  const p = tolerated;
  if (!(p >= 0 && p <= greatestTolerated)) throw new RangeError(`no bet can be made against a share of ${p}`);
  if (p === 0) return [];
  const shares = p <= 0.2 ? [2 * p, 5 * p, 0.25, 0.5, 0.95] : [0.2, 0.5, 0.9].map((of) => p + (1 - p) * of);
  const staked = shares
    .map((q, index) => ({ q, stake: index === 0 ? 0.5 : 0.5 / (shares.length - 1) }))
    .filter(({ q }) => q > 1.2 * p && q <= 0.95);
  const stakes = staked.reduce((sum, { stake }) => sum + stake, 0);
  return staked.map(({ q, stake }) => ({
    weight: Math.log(stake / stakes),
    ifBad: Math.log(q) - Math.log(p),
    ifGood: Math.log1p(-q) - Math.log1p(-p),
  }));
}

/** Up to how many bad samples in a row count as one. */
export interface Burst {
  /** For bets on a stage. */
  readonly ofStage: number;
  /** For bets on a moment: more, as the moment may be the burst's own. */
  readonly ofMoment: number;
}

/**
 * A short burst is one event, and no proof that many samples fail: 0.5 s of it counts once, or 2 s. Each sample counts where more than
 * 5 % may be bad, or where samples are too far apart to be of one burst.
 */
export function burstOf(plan: EvidencePlan): Burst {
  const { tolerance, measures, everyMs } = plan;
  if (measures === 'shares' || everyMs >= 10_000 || !('bad' in tolerance) || tolerance.bad > 0.05) {
    return { ofStage: 1, ofMoment: 1 };
  }
  return {
    ofStage: Math.max(3, Math.ceil(500 / everyMs)),
    ofMoment: Math.max(10, Math.ceil(2_000 / everyMs)),
  };
}
