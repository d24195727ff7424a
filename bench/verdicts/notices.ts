import { noticedShare } from '#core/experiment/evidence/noticed-share.ts';
import { aPlan } from './cells.ts';

/** Of one stage, at 5/s: the smallest share that would be noticed, for the tolerated shares at the top. */
export const toleratedShares = [0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2] as const;
export const sampleCounts = [20, 60, 300, 1_500, 3_000, 18_000] as const;

export function noticesIn(samples: number, tolerated: number): string {
  const share = noticedShare(aPlan(tolerated, 5, samples / 5));
  return share === undefined ? 'nothing' : `${Number((share * 100).toPrecision(2))} %`;
}
