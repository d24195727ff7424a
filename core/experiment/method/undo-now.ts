import type { RunContext } from '../../model/run-context.ts';
import { type UndoWorld, undoDue } from '../../undo/undo-due.ts';

/**
 * Undoes strikes before their time is up, by the ids of their entries. The ledger says which are closed afterwards; the answer, by the
 * same ids, why one is not, as far as that is known.
 */
export type UndoNow = (
  strikes: readonly string[],
  run: RunContext,
) => Promise<ReadonlyMap<string, string>>;

/** In this process, as whoever it runs as may undo. */
export function undoHere(world: UndoWorld): UndoNow {
  return async (strikes, run) => {
    const round = await undoDue({ strikes: [...strikes] }, run, world);
    return new Map(round.strikes.map(({ id, text }) => [id, text]));
  };
}
