import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';

export type WatchedLedger = Pick<ExperimentLedger, 'experiment'> & Pick<Ledger, 'openUndos'>;

/** How an experiment stands. */
export interface Standing {
  readonly record: ExperimentRecord;
  /** Its faults that are not undone yet. */
  readonly inPlace: readonly UndoEntry[];
  /** Undo items that may be its own. */
  readonly unreadable: readonly UnreadableItem[];
}

/** Undefined if it is not on record. */
export async function readStanding(id: string, ledger: WatchedLedger): Promise<Standing | undefined> {
  // In this order: what was in place when it ended is not missed.
  const record = await ledger.experiment(id);
  if (record === undefined) return undefined;
  const { found, unreadable } = await ledger.openUndos();
  return { record, inPlace: found.filter(({ runId }) => runId === id), unreadable };
}

const everyMs = 2_000;
/** For so long it may be out of reach. */
const patienceMs = 60_000;

/** Reads it every two seconds until it is over. Rejects if it cannot be read for a minute, or is not on record. */
export async function untilOver(
  id: string,
  ledger: WatchedLedger,
  { clock, over, seen }: WatchParts,
): Promise<Standing> {
  let readAt = clock.now();
  for (;;) {
    try {
      const standing = await readStanding(id, ledger);
      if (standing === undefined) throw new Error(`experiment ${id} is not on record`);
      readAt = clock.now();
      seen(standing);
      if (standing.record.ended !== undefined) return standing;
    } catch (error) {
      if (clock.now() - readAt >= patienceMs) throw error;
    }
    await clock.sleep(everyMs, over);
    over.throwIfAborted();
  }
}

export interface WatchParts {
  readonly clock: Clock;
  /** Aborted once nobody waits any more. */
  readonly over: AbortSignal;
  readonly seen: (standing: Standing) => void;
}

const stopEveryMs = 1_000;
/** The engine reads a stop within a second or two. What it was about to inject is in place by then, and seen. */
const quietMs = 5_000;
/** Then other ways are due. */
const stopPatienceMs = 60_000;

/**
 * After a stop: reads until it is over, or until nothing of it has been in place for five seconds. After a minute it returns how it
 * stands; undefined if that cannot be read.
 */
export async function untilUndone(
  id: string,
  ledger: WatchedLedger,
  { clock, over }: Omit<WatchParts, 'seen'>,
): Promise<Standing | undefined> {
  const giveUpAt = clock.now() + stopPatienceMs;
  let last: Standing | undefined;
  let quietSince: number | undefined;
  for (;;) {
    last = await readStanding(id, ledger).catch(() => undefined);
    if (last?.record.ended !== undefined) return last;
    const isQuiet = last !== undefined && last.inPlace.length + last.unreadable.length === 0;
    quietSince = isQuiet ? (quietSince ?? clock.now()) : undefined;
    if (quietSince !== undefined && clock.now() - quietSince >= quietMs) return last;
    if (clock.now() >= giveUpAt || over.aborted) return last;
    await clock.sleep(stopEveryMs, over);
  }
}
