import type { Readable } from '../model/unreadable-item.ts';
import type { ExperimentProgress } from '../reports/experiment-progress.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import type { ExperimentNote } from '../reports/experiment-report.ts';

/**
 * The durable record of experiments. Long texts are truncated. Whatever is called again because its answer was lost answers the same.
 */
export interface ExperimentLedger {
  /**
   * Puts a new run on record. False if there is one of this id: whoever started it first runs it. The same record again, to the
   * millisecond, is one whose answer was lost, as long as nothing has happened since. `admit` is told what else is running, and throws
   * where that is in the way: nothing begins between what it is told and what is put on record.
   */
  beginExperiment(record: ExperimentRecord, admit?: Admit): Promise<boolean>;
  /** Undefined if there is none. Strongly consistent: a stop is read this way. */
  experiment(id: string): Promise<ExperimentRecord | undefined>;
  /**
   * Rejects with `ExperimentOver` once it is over, where its lease has lapsed, or where it is not on record: whoever runs it is to
   * undo what is in place, and no more.
   */
  renewLease(id: string, lease: Lease): Promise<void>;
  /** Asks the run to end. The first stop stands. False if it is over, or not on record. */
  stopExperiment(id: string, stop: ExperimentStop): Promise<boolean>;
  /** Ends it, if it is on record. The first end stands. */
  endExperiment(id: string, ended: ExperimentEnd): Promise<void>;
  /** `full`: no more notes are kept of this one. */
  addExperimentNote(id: string, note: ExperimentNote): Promise<'noted' | 'full' | 'unknown'>;
  /** Newest first. */
  recentExperiments(limit: number): Promise<Readable<readonly ExperimentRecord[]>>;
  /** Those that are not over, in no order. */
  runningExperiments(): Promise<Readable<readonly ExperimentRecord[]>>;
}

export type Admit = (running: Readable<readonly ExperimentRecord[]>) => void;
export type ExperimentStop = NonNullable<ExperimentRecord['stop']>;
export type ExperimentEnd = NonNullable<ExperimentRecord['ended']>;

/** In epoch ms, by AWS's clock: those who read it have clocks of their own. */
export interface Lease {
  readonly now: number;
  readonly until: number;
  /** It waits, with nothing in place: `until` is when the wait is over, and somebody must have come back. */
  readonly isWaiting: boolean;
  /** What wakes it then, where nothing of it runs meanwhile. */
  readonly wakeUp?: string;
  /** Where it is. Left out: as it told before. */
  readonly progress?: ExperimentProgress;
}

/** Nothing more is to be done for it. */
export class ExperimentOver extends Error {
  override readonly name = 'ExperimentOver';

  constructor(id: string) {
    super(`experiment ${id} has ended, or its lease had lapsed before it was renewed`);
  }
}
