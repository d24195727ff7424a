import type { UndoEntry } from '../model/undo-entry.ts';
import { endEntry } from './end-entry.ts';
import { faultOfEntry } from './fault-of-entry.ts';
import type { UndoPorts } from './ports.ts';
import { strikeRef } from './strike-ref.ts';
import { surelyAbandonedAt } from './surely-abandoned.ts';
import type { UndoProgress } from './undo-progress.ts';

/**
 * Finds out how far an injection came whose run has died, or whose answers were lost: the target shows it. An entry whose target is as it
 * was is withdrawn, but not before AWS must have shown the fault. Returns the entry where the fault is in place, or may have been.
 */
export async function resolveEntry(
  entry: UndoEntry,
  ports: UndoPorts,
  until: number,
): Promise<UndoEntry | UndoProgress> {
  const { clock, faults, ledger, reach } = ports;
  const { fault, saved } = faultOfEntry(entry, faults);
  const seen = await fault.observe(reach.injector(until), entry.target, saved, strikeRef(entry));
  // Nothing was sent: what is there is not ours, even if it looks like it.
  const isUntouched = seen === 'before' || (entry.state === 'reserved' && seen !== 'gone');
  if (seen !== 'gone' && !isUntouched) {
    return ledger.changeUndo(entry, { state: 'active', activeAt: new Date(clock.now()).toISOString() });
  }
  // Of one that nothing was sent for, there is nothing to be shown; but its run might still be making its schedule.
  const shownBy = surelyAbandonedAt(entry) + (entry.state === 'reserved' ? 0 : fault.propagationMs);
  if (isUntouched && clock.now() < shownBy) {
    return { is: 'busy', entry, why: 'AWS may not show all that was done yet', notBefore: shownBy };
  }
  const end = seen === 'gone' ? 'gone' : 'withdrawn';
  const outcome = { outcome: 'failed', detail: 'its run died before the fault was in place' } as const;
  await endEntry(entry, end, outcome, ports, until);
  return { is: 'ended', end };
}
