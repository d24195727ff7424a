import * as z from 'zod';
import { Count } from '../../util/count.ts';
import type { Parsed } from '../../util/parse.ts';
import { burstOf, makeOdds, type Odds } from './odds.ts';
import type { EvidencePlan } from './plan.ts';

/**
 * A gambler who starts with 1 and bets that bad samples are likelier than tolerated, at odds that are fair if they are not. Half of the
 * stake goes out at the starts of stages, to notice what breaks at once; half of it before each sample, to notice what breaks later.
 * While the tolerance holds nothing is won on average, so the probability of ever owning 1/alpha is at most alpha, however long
 * the game and however often one looks: Ville's inequality. See Ramdas et al., "Game-theoretic statistics and safe anytime-valid
 * inference" (2023).
 */
export const Wealth = z.object({
  bets: z.array(
    z.object({
      // As `Odds` has them.
      ...{ weight: z.number(), ifBad: z.number(), ifGood: z.number() },
      /** What the bets at starts of stages, and those before samples, are worth now: natural logarithms. */
      ...{ ofStages: z.number(), ofMoments: z.number() },
    }),
  ),
  planned: z.object({ samples: Count, stages: Count }),
  samples: Count,
  stages: Count,
  /** Bad samples in a row, up to the last one. */
  run: Count,
  burst: z.object({ ofStage: Count, ofMoment: Count }),
  /** Bad samples, where those of a burst count as one. */
  bursts: Count,
});
export type Wealth = Parsed<typeof Wealth>;
/** For thousands of simulated histories, which have no time for copies. */
export type MutableWealth = z.output<typeof Wealth>;

/** The logarithm of nothing. JSON has no infinity. */
const nothing = -Number.MAX_VALUE;

export function startWealth(plan: EvidencePlan): MutableWealth {
  const odds = 'bad' in plan.tolerance ? makeOdds(plan.tolerance.bad) : [];
  return {
    bets: odds.map((bet) => ({ ...bet, ofStages: nothing, ofMoments: nothing })),
    planned: { samples: plan.samples, stages: plan.stages },
    ...{ samples: 0, stages: 0, run: 0, bursts: 0 },
    burst: burstOf(plan),
  };
}

export function copyOf(wealth: Wealth): MutableWealth {
  return { ...wealth, bets: wealth.bets.map((bet) => ({ ...bet })) };
}

/** Before a stage's first sample. */
export function enterStage(wealth: MutableWealth): void {
  const { planned } = wealth;
  if (wealth.stages === planned.stages) throw new RangeError(`there are only ${planned.stages} stages`);
  wealth.stages += 1;
  for (const bet of wealth.bets) {
    bet.ofStages = logOfSum(bet.ofStages, bet.weight - Math.log(2 * planned.stages));
  }
}

/**
 * Adds a sample with its bad share, which is 0 or 1 for an event; `times`: a stretch of so many good ones in one step, as if they were
 * added one by one.
 */
export function addShare(wealth: MutableWealth, share: number, times = 1): void {
  if (times === 0) return;
  const { burst, planned } = wealth;
  wealth.run = share === 0 ? 0 : wealth.run + times;
  const isRepeat = wealth.run > 1;
  const countsForStage = !(isRepeat && wealth.run <= burst.ofStage);
  const countsForMoment = !(isRepeat && wealth.run <= burst.ofMoment);
  if (share > 0 && countsForStage) wealth.bursts += 1;
  const staking = Math.min(times, Math.max(0, planned.samples - wealth.samples));
  wealth.samples += times;
  const logOfParts = Math.log(2 * planned.samples);
  for (const bet of wealth.bets) {
    const factor = factorOf(bet, share);
    if (countsForStage) bet.ofStages += times * factor;
    const growth = countsForMoment ? factor : 0;
    bet.ofMoments += times * growth;
    if (staking === 0) continue;
    const stake = bet.weight - logOfParts;
    const later = (times - staking) * growth;
    bet.ofMoments = logOfSum(bet.ofMoments, stake + later + logOfPowers(growth, staking));
  }
}

/** The natural logarithm of all there is: what the bets are worth, and what was not bet yet. */
export function logOfWealth(wealth: Wealth): number {
  const left = leftOf(wealth);
  return wealth.bets.reduce(
    (log, bet) => logOfSum(logOfSum(log, bet.ofStages), bet.ofMoments),
    left > 0 ? Math.log(left) : nothing,
  );
}

/**
 * Whether a bad sample, just added, was one too many: whether all there is reaches the bound. Good ones refute nothing. Without bets,
 * nothing is tolerated.
 */
export function refutes(wealth: Wealth, logOfBound: number): boolean {
  if (wealth.bets.length === 0) return true;
  let ofBound = leftOf(wealth) * Math.exp(-logOfBound);
  for (const { ofStages, ofMoments } of wealth.bets) {
    ofBound += Math.exp(ofStages - logOfBound) + Math.exp(ofMoments - logOfBound);
  }
  return ofBound >= 1;
}

/** What was not bet yet. */
function leftOf({ planned, stages, samples }: Wealth): number {
  return 1 - stages / planned.stages / 2 - Math.min(1, samples / planned.samples) / 2;
}

/** A bad share is as likely as bad and good samples in that proportion. Fair for shares as for events: it is linear. */
export function factorOf(bet: Odds, share: number): number {
  if (share === 0) return bet.ifGood;
  if (share === 1) return bet.ifBad;
  return logOfSum(Math.log(share) + bet.ifBad, Math.log1p(-share) + bet.ifGood);
}

/** Log of e^a + e^b. */
function logOfSum(a: number, b: number): number {
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** Log of e^x + e^2x + ... + e^nx. */
function logOfPowers(x: number, n: number): number {
  return x === 0 || n === 1 ? x + Math.log(n) : x + Math.log(Math.expm1(n * x) / Math.expm1(x));
}
