import { StrikeConflict, type StrikeOutcome } from '../model/strike.ts';
import type { UndoEnd, UndoEntry } from '../model/undo-entry.ts';
import { disarm } from './disarm.ts';
import type { UndoPorts } from './ports.ts';

/**
 * Closes an entry whose target is as it was, and releases its locks. The schedules that would end the fault go first: nobody would
 * know of it once the entry is closed. The strike gets this outcome if it has none yet. `effect`: what the fault did, its detail from now on.
 */
export async function endEntry(
  entry: UndoEntry,
  end: UndoEnd,
  outcome: StrikeOutcome,
  ports: UndoPorts,
  until: number,
  effect?: string,
): Promise<void> {
  await disarm(entry, ports, until);
  await closeEntry(entry, end, outcome, ports, effect);
}

/** The same of one whose schedules are gone, or are left to people. */
export async function closeEntry(
  entry: UndoEntry,
  end: UndoEnd,
  outcome: StrikeOutcome,
  { ledger, clock }: Pick<UndoPorts, 'ledger' | 'clock'>,
  effect?: string,
): Promise<void> {
  await settleOnce(entry, outcome, ledger);
  await ledger.endUndo(entry, end, new Date(clock.now()).toISOString(), effect);
}

/** The first outcome of a strike stands. */
export async function settleOnce(
  entry: UndoEntry,
  outcome: StrikeOutcome,
  ledger: Pick<UndoPorts['ledger'], 'settle'>,
): Promise<void> {
  await ledger.settle(entry, outcome).catch((error: unknown) => {
    if (!(error instanceof StrikeConflict)) throw error;
  });
}

/** Of one whose run has not told. */
export function outcomeOf(entry: UndoEntry): StrikeOutcome {
  if (entry.activeAt !== undefined) return wasInPlace(entry);
  return { outcome: 'failed', detail: `${entry.fault.name} was never seen in place` };
}

export function wasInPlace({ fault }: UndoEntry): StrikeOutcome {
  return { outcome: 'succeeded', detail: `${fault.name} was in place` };
}
