import type { StrikeOutcome } from '../model/strike.ts';
import { UndoConflict, type UndoEntry } from '../model/undo-entry.ts';
import { codeOf, messageOf } from '../util/error-text.ts';
import { disarm } from './disarm.ts';
import { endEntry } from './end-entry.ts';
import type { UndoPorts } from './ports.ts';

/**
 * Ends a strike of which nothing was sent, for this error. Whoever has taken its entry waits only to be sure that nothing comes, so it is
 * closed; and its schedule goes even if it is closed already, as nobody else knows of one that was made late. What cannot be done is left
 * to the janitor.
 */
export async function giveUp(
  reserved: UndoEntry,
  error: unknown,
  ports: UndoPorts,
  until: number,
): Promise<StrikeOutcome> {
  const isTaken = error instanceof UndoConflict;
  const detail = isTaken ? 'it was stopped before it was injected' : `${codeOf(error)}: ${messageOf(error)}`;
  const outcome = { outcome: 'failed', detail } as const;
  try {
    if (isTaken) await disarm(reserved, ports, until);
    const entry = isTaken
      ? (await ports.ledger.openUndos()).found.find(({ id }) => id === reserved.id)
      : reserved;
    if (entry !== undefined) await endEntry(entry, 'withdrawn', outcome, ports, until);
  } catch {}
  return outcome;
}
