import * as z from 'zod';
import type { Parsed } from '#core/util/parse.ts';

/** What `chaos_experiment` runs. All else that it goes by is on record, where nobody puts anything but `chaos_experiment_control`. */
export const ExperimentOrder = z.strictObject({
  /** Of the run. */
  id: z.string(),
  /** The text of its file. */
  file: z.string(),
});
export type ExperimentOrder = Parsed<typeof ExperimentOrder>;
