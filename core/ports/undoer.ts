import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import type { Reach } from './reach.ts';

/** Reaches targets to undo what was done to them, by what the entries say: no configuration is needed. */
export interface Undoer {
  /** Of each entry the target in reach, by the entry's id. One whose role cannot be assumed is a failure, and in reach of nobody. */
  open(entries: readonly Undoable[], run: RunContext): Promise<PartialResult<ReadonlyMap<string, Reach>>>;
}

/** What it takes to reach what an entry is about. */
export type Undoable = Pick<UndoEntry, 'id' | 'target' | 'fault'> & {
  readonly role: Pick<UndoEntry['role'], 'arn' | 'externalId'>;
};
