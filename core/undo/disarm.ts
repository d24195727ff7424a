import type { UndoEntry } from '../model/undo-entry.ts';
import type { UndoPorts } from './ports.ts';

/** Takes back the schedules that would end an entry's fault. Without any, its target need not be in reach. */
export async function disarm(
  { id, selfExpiry: { schedules = 0 } }: Pick<UndoEntry, 'id' | 'selfExpiry'>,
  { reach }: Pick<UndoPorts, 'reach'>,
  until: number,
): Promise<void> {
  if (schedules > 0) await reach.disarm(id, schedules, until);
}
