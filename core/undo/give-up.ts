import type { StrikeOutcome } from '../model/strike.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import { endEntry } from './end-entry.ts';
import type { UndoPorts } from './ports.ts';

/**
 * Ends a strike of which nothing was sent, and somebody else has taken its entry, or closed it. Whoever has taken it waits only to be sure
 * that nothing comes, so it is closed; and its schedule goes even if it is closed already, as nobody else knows of one that was made late.
 * What cannot be done is left to the janitor.
 */
export async function giveUp(
  { id, selfExpiry }: UndoEntry,
  ports: UndoPorts,
  until: number,
): Promise<StrikeOutcome> {
  const outcome = { outcome: 'failed', detail: 'it was stopped before it was injected' } as const;
  const { ledger, reach } = ports;
  try {
    await reach.disarm(id, selfExpiry.schedules ?? 0, until);
    const { found } = await ledger.openUndos();
    const taken = found.find((entry) => entry.id === id);
    if (taken !== undefined) await endEntry(taken, 'withdrawn', outcome, ports, until);
  } catch {}
  return outcome;
}
