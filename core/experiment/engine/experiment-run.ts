import type { Experiment } from '../../model/experiment.ts';

/** A run of an experiment. */
export interface ExperimentRun {
  /** `20261123T090000Z-3f9a1c2b`. */
  readonly id: string;
  readonly experiment: Experiment;
  readonly fileHash: string;
  /** Everything but the fault: what deviates then is a false alarm. */
  readonly rehearsal: boolean;
  readonly trigger: string;
  readonly startedBy: string;
  /** That reports show beside UTC. */
  readonly timeZone: string;
}
