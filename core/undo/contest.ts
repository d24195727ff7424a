import type { UndoEntry } from '../model/undo-entry.ts';
import { disarm } from './disarm.ts';
import type { UndoPorts } from './ports.ts';
import type { UndoProgress } from './undo-progress.ts';

export const contestedText = 'somebody else has changed it since';

/**
 * Leaves the target as somebody else has changed it, until a person accepts that. The schedule that would end the fault goes: it does
 * not look before it writes. `byHand`: what else there is to do by hand.
 */
export async function contest(
  entry: UndoEntry,
  byHand: readonly string[],
  ports: Pick<UndoPorts, 'ledger' | 'clock' | 'reach'>,
  until: number,
): Promise<UndoProgress> {
  await disarm(entry, ports, until);
  const { ledger, clock } = ports;
  const why = contestedText;
  const at = new Date(clock.now()).toISOString();
  return {
    is: 'contested',
    entry: await ledger.contestUndo(entry, { problem: why, byHand: [...byHand] }, at),
    why,
  };
}
