import { mostOffsetMs } from '../model/clock-skew.ts';
import type { UndoEntry } from '../model/undo-entry.ts';

/**
 * Epoch ms after which no call of an entry's run is under way, by whatever clock: the run has said until when by its own, and a janitor
 * whose clock is ahead would close the entry of an injection that it cannot see yet.
 */
export function surelyAbandonedAt({ abandonedAfter }: Pick<UndoEntry, 'abandonedAfter'>): number {
  return abandonedAfter + mostOffsetMs;
}
