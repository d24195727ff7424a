import * as z from 'zod';
import { Count } from '../../util/count.ts';
import type { Parsed } from '../../util/parse.ts';
import { factorOf, type Wealth } from './wealth.ts';

/**
 * The last samples of all, as many as speak most for a bet: where they begin is Page's cumulative sum (1954). Evidence is a mean over
 * all moments at which something may have broken, and this is for people: it tells when it did.
 */
export const Stretch = z.object({
  /** Epoch ms of the first. */
  since: z.number(),
  measured: Count,
  /** Bad ones, or the sum of their bad shares. */
  bad: z.number(),
  /** By how much they multiply a bet: the natural logarithm. Once they speak against it, the next sample begins anew. */
  log: z.number(),
});
export type Stretch = Parsed<typeof Stretch>;

/** One for each bet. */
export function addToStretches(
  stretches: readonly Stretch[],
  { bets }: Wealth,
  share: number,
  due: number,
): readonly Stretch[] {
  return bets.map((bet, index) => {
    const before = stretches[index];
    const log = factorOf(bet, share);
    if (before === undefined || before.log <= 0) return { since: due, measured: 1, bad: share, log };
    const { since, measured, bad } = before;
    return { since, measured: measured + 1, bad: bad + share, log: before.log + log };
  });
}

/** The one that speaks most against the tolerance; undefined where nothing is bet. */
export function worstOf(stretches: readonly Stretch[]): Stretch | undefined {
  return stretches.toSorted((a, b) => b.log - a.log)[0];
}
