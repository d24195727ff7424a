import type { Capacity } from '#core/config/capacity.ts';

/**
 * What is healthy after losing the member that counts most, and what has to be: in instances if the minimum is a number; for a
 * share, in units of capacity, like `desired`, rounded up.
 */
export function leftByStrike(
  healthy: readonly { readonly capacity: number }[],
  asked: Capacity,
  desired: number,
): { readonly left: number; readonly needed: number } {
  if (typeof asked === 'number') return { left: Math.max(0, healthy.length - 1), needed: asked };
  const capacities = healthy.map(({ capacity }) => capacity);
  const sum = capacities.reduce((total, capacity) => total + capacity, 0);
  return { left: sum - Math.max(0, ...capacities), needed: shareOf(asked, desired) };
}

/** Exact: 55 % of 100 is 55. In floating point, 0.55 * 100 is slightly more, and would round up to 56. */
function shareOf(share: string, desired: number): number {
  const [whole = '', decimals = ''] = share.slice(0, -1).split('.');
  const parts = BigInt(desired) * BigInt(whole + decimals);
  const ofParts = 100n * 10n ** BigInt(decimals.length);
  return Number((parts + ofParts - 1n) / ofParts);
}
