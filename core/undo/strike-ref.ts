import type { StrikeRef } from '../model/lasting.ts';
import type { UndoEntry } from '../model/undo-entry.ts';

/** The strike as its fault knows it. */
export function strikeRef({ id, deadline, notAfter }: UndoEntry): StrikeRef {
  return { id, deadline, notAfter };
}
