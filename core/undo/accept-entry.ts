import type { UndoEntry } from '../model/undo-entry.ts';
import { undoScheduleNames } from '../model/undo-schedules.ts';
import { codeOf, messageOf } from '../util/error-text.ts';
import { disarm } from './disarm.ts';
import { closeEntry, outcomeOf } from './end-entry.ts';
import type { UndoPorts } from './ports.ts';
import type { UndoProgress } from './undo-progress.ts';

/**
 * Closes an entry as its target is: a person has seen to that. It may be out of reach for good, so a schedule that cannot be taken back
 * keeps no entry open: the person is told of it.
 */
export async function acceptEntry(entry: UndoEntry, ports: UndoPorts, until: number): Promise<UndoProgress> {
  const { id, selfExpiry, target } = entry;
  const { at, schedules = 0 } = selfExpiry;
  const warning = await disarm(entry, ports, until).then(
    () => undefined,
    (error: unknown) => {
      const names = undoScheduleNames(id, schedules).join(', ');
      const why = `${codeOf(error)}: ${messageOf(error)}`;
      return `its schedule ${names} in ${target.account}, ${target.region} may still fire at ${at} (${why})`;
    },
  );
  await closeEntry(entry, 'accepted', outcomeOf(entry), ports);
  return { is: 'ended', end: 'accepted', ...(warning !== undefined && { warning }) };
}
