import * as z from 'zod';
import { Experiment } from '../../model/experiment.ts';
import type { Parsed } from '../../util/parse.ts';

/** A run of an experiment: all that a process needs to begin it, or to go on with it. It holds no secret. */
export const ExperimentRun = z.object({
  /** `20261123T090000Z-3f9a1c2b`. */
  id: z.string(),
  experiment: Experiment,
  fileHash: z.string(),
  /** Everything but the fault: what deviates then is a false alarm. */
  rehearsal: z.boolean(),
  trigger: z.string(),
  startedBy: z.string(),
  /** That reports show beside UTC. */
  timeZone: z.string(),
});
export type ExperimentRun = Parsed<typeof ExperimentRun>;
