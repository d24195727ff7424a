import type { Draws } from './draw.ts';

/**
 * Shuffles by a draw: the order differs between slots, so that it is not always the same ones that lose out when budgets or time
 * run out, but is the same in every run of a slot. `keyOf` returns a group's key or an account's id.
 */
export function shuffle<One>(
  ones: readonly One[],
  keyOf: (one: One) => string,
  ofSlot: Draws,
): readonly One[] {
  return ones
    .map((one) => ({ one, place: ofSlot.number('order', keyOf(one)) }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
