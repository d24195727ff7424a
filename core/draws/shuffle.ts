import type { Draws } from './draw.ts';

/**
 * Orders by a draw: differently in every slot, but the same in each run of a slot, since whoever comes last misses out if
 * budgets or time run out. `keyOf` gives a group's key or an account's id.
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
