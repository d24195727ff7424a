import * as z from 'zod';
import { Count } from '../util/count.ts';
import type { Parsed } from '../util/parse.ts';
import { ExperimentReport } from './experiment-report.ts';

const { is, stage } = ExperimentReport.shape.phases.element.shape;

/** Where an experiment is, as it last told. */
export const ExperimentProgress = z.object({
  is,
  stage,
  stages: Count,
  /** Epoch ms, by AWS's clock: when it told, and the part of the phase that it watched then. */
  at: z.number(),
  from: z.number(),
  to: z.number(),
  /** What was seen in that part: first of what is nearest to a deviation. */
  probes: z.array(
    z.object({
      probe: z.string(),
      bad: Count,
      measured: Count,
      /** Against chance so far, and what they must reach for a deviation. Absent of what is not judged. */
      odds: z.number().exactOptional(),
      bound: z.number().exactOptional(),
    }),
  ),
  /** How many more there are. */
  more: Count,
});
export type ExperimentProgress = Parsed<typeof ExperimentProgress>;
