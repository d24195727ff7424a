import type { StrikeOutcome } from '../model/strike.ts';
import { UndoConflict, type UndoEntry } from '../model/undo-entry.ts';
import { codeOf, messageOf } from '../util/error-text.ts';
import { disarm } from './disarm.ts';
import { endEntry } from './end-entry.ts';
import type { UndoPorts } from './ports.ts';
import { StoppedBefore } from './stopped-before.ts';

/** Whoever undoes the rest takes an entry once. */
const mostTries = 3;

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
  const isStopped = error instanceof UndoConflict || error instanceof StoppedBefore;
  const detail = isStopped ? new StoppedBefore().message : `${codeOf(error)}: ${messageOf(error)}`;
  const outcome = { outcome: 'failed', detail } as const;
  try {
    if (error instanceof UndoConflict) await disarm(reserved, ports, until);
    await withdraw(reserved, outcome, ports, until);
  } catch {}
  return outcome;
}

/** It may be taken at any moment. */
async function withdraw(
  reserved: UndoEntry,
  outcome: StrikeOutcome,
  ports: UndoPorts,
  until: number,
): Promise<void> {
  let entry: UndoEntry | undefined = reserved;
  for (let tries = 1; entry !== undefined; tries += 1) {
    try {
      return await endEntry(entry, 'withdrawn', outcome, ports, until);
    } catch (error) {
      if (!(error instanceof UndoConflict) || tries >= mostTries) throw error;
      entry = (await ports.ledger.openUndos()).found.find(({ id }) => id === reserved.id);
    }
  }
}
