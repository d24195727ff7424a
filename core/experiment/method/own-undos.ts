import type { UndoEntry } from '../../model/undo-entry.ts';
import { type UnreadableUndo, unreadableText } from '../../model/unreadable-item.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { OpenUndo } from '../engine/ports.ts';

/** What an experiment has in place, or may have. */
export interface OwnUndos {
  readonly found: readonly UndoEntry[];
  /** Entries that are its own, or may be. */
  readonly unreadable: readonly UnreadableUndo[];
}

/** `known`: ids of entries that are its own. */
export async function ownUndos(
  runId: string,
  ledger: Pick<Ledger, 'openUndos' | 'openStrikes'>,
  known: readonly string[] = [],
): Promise<OwnUndos> {
  const { found, unreadable } = await ledger.openUndos();
  const isSure = (one: UnreadableUndo) => one.runId !== undefined || known.includes(one.sk);
  const mayBeOwn = unreadable.every(isSure) ? () => false : await mayBeOf(runId, ledger);
  return {
    found: found.filter((entry) => entry.runId === runId),
    unreadable: unreadable.filter((one) =>
      isSure(one) ? one.runId === runId || known.includes(one.sk) : mayBeOwn(one),
    ),
  };
}

/** Of entries that do not tell whose they are, strikes do. */
async function mayBeOf(
  runId: string,
  ledger: Pick<Ledger, 'openStrikes'>,
): Promise<(one: UnreadableUndo) => boolean> {
  const { found, unreadable } = await ledger.openStrikes();
  const own = new Set(found.flatMap((strike) => (strike.runId === runId ? (strike.undo ?? []) : [])));
  return ({ sk }) => unreadable.length > 0 || own.has(sk);
}

/** An entry that cannot be read, as people are to hear of it: its fault is in place for all that anybody knows. */
export function openUnread(one: UnreadableUndo): OpenUndo {
  const { sk: id, group = 'a group that cannot be read', byHand = [] } = one;
  return { id, group, why: unreadableText(one), byHand: [...byHand] };
}
