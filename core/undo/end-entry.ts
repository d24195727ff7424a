import { StrikeConflict, type StrikeOutcome } from '../model/strike.ts';
import type { UndoEnd, UndoEntry } from '../model/undo-entry.ts';
import type { UndoPorts } from './ports.ts';

/**
 * Closes an entry whose target is as it was, and releases its locks. The schedules that would end the fault go first: nobody would
 * know of it once the entry is closed. The strike gets this outcome if it has none yet. `effect`: what the fault did, its detail from now on.
 */
export async function endEntry(
  entry: UndoEntry,
  end: UndoEnd,
  outcome: StrikeOutcome,
  { ledger, clock, reach }: UndoPorts,
  until: number,
  effect?: string,
): Promise<void> {
  await reach.disarm(entry.id, entry.selfExpiry.schedules ?? 0, until);
  await ledger.settle(entry, outcome).catch((error: unknown) => {
    if (!(error instanceof StrikeConflict)) throw error;
  });
  await ledger.endUndo(entry, end, new Date(clock.now()).toISOString(), effect);
}

export function wasInPlace({ fault }: UndoEntry): StrikeOutcome {
  return { outcome: 'succeeded', detail: `${fault.name} was in place` };
}
