import { UndoConflict, type UndoEntry } from '../model/undo-entry.ts';
import { codeOf, messageOf } from '../util/error-text.ts';
import { acceptEntry } from './accept-entry.ts';
import { isLateAttempt, lateText } from './late-attempt.ts';
import { nextStep, type RoundOrder, type UndoStep } from './plan-undo.ts';
import type { UndoPorts } from './ports.ts';
import { resolveEntry } from './resolve-entry.ts';
import { surelyAbandonedAt } from './surely-abandoned.ts';
import { failedAgain, undoEntry } from './undo-entry.ts';
import type { UndoProgress } from './undo-progress.ts';

const takenText = 'nothing is sent any more: it is closed by its run, or once that must have ended';

/** Takes one step about an entry. Never rejects. */
export async function handleEntry(
  entry: UndoEntry,
  step: UndoStep,
  order: RoundOrder,
  ports: UndoPorts,
  until: number,
): Promise<UndoProgress> {
  if (step === 'undo') return undoEntry(entry, ports, until);
  const startedAt = ports.clock.now();
  try {
    if (step === 'accept') return await acceptEntry(entry, ports, until);
    if (step === 'take') {
      const taken = await ports.ledger.changeUndo(entry, { problem: takenText });
      return { is: 'busy', entry: taken, why: takenText, notBefore: surelyAbandonedAt(taken) };
    }
    const resolved = await resolveEntry(entry, ports, until);
    if (!('state' in resolved)) return resolved;
    return nextStep(resolved, order, ports.clock.now()) === 'undo'
      ? undoEntry(resolved, ports, until)
      : { is: 'active', entry: resolved };
  } catch (error) {
    if (error instanceof UndoConflict) return { is: 'taken' };
    if (isLateAttempt(startedAt, ports.clock.now(), until)) return { is: 'busy', entry, why: lateText };
    const why = `${codeOf(error)}: ${messageOf(error)}`;
    // Its state stays: how far it came is still to be found out.
    const changes = failedAgain(entry, why, ports.clock.now());
    const changed = await ports.ledger.changeUndo(entry, changes).catch(() => entry);
    return { is: 'failing', entry: changed, why };
  }
}
