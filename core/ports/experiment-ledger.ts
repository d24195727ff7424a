import type { Readable } from '../model/unreadable-item.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import type { ExperimentNote } from '../reports/experiment-report.ts';

/** The durable record of experiments. */
export interface ExperimentLedger {
  /** Puts a new run on record. False if there is one of this id: whoever started it first runs it. */
  beginExperiment(record: ExperimentRecord): Promise<boolean>;
  /** Undefined if there is none. Strongly consistent: a stop is read this way. */
  experiment(id: string): Promise<ExperimentRecord | undefined>;
  /** `until`: epoch ms. Rejects with `ExperimentOver` once it is over, or where it is not on record. */
  renewLease(id: string, until: number, isWaiting?: boolean): Promise<void>;
  /** Asks the run to end. The first stop stands. False if it is over, or not on record. */
  stopExperiment(id: string, stop: NonNullable<ExperimentRecord['stop']>): Promise<boolean>;
  /** Ends it. The first end stands. */
  endExperiment(id: string, ended: NonNullable<ExperimentRecord['ended']>): Promise<void>;
  /** False if it is not on record. */
  addExperimentNote(id: string, note: ExperimentNote): Promise<boolean>;
  /** Newest first. */
  recentExperiments(limit: number): Promise<Readable<readonly ExperimentRecord[]>>;
  /** Those that are not over, in no order. */
  runningExperiments(): Promise<Readable<readonly ExperimentRecord[]>>;
}

/** Nothing more is to be done for it. */
export class ExperimentOver extends Error {
  override readonly name = 'ExperimentOver';
}
