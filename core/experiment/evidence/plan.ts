import * as z from 'zod';
import { Count } from '../../util/count.ts';
import type { Parsed } from '../../util/parse.ts';

/** A tolerated share above this leaves no room to tell worse from tolerated. */
export const greatestTolerated = 0.5;

/** What is known of a probe's judgement before its first sample. It stays as it is for a whole experiment, over all stages. */
export const EvidencePlan = z.object({
  /** As its file has it: a share of bad samples, or how long a state may be bad at a stretch. */
  tolerance: z.union([
    z.object({ bad: z.number().min(0).max(greatestTolerated) }),
    z.object({ badForMs: z.number().nonnegative() }),
  ]),
  /** As its probe says. `shares`: a sample's value is the bad share of what happened in its interval, from 0 to 1. */
  measures: z.enum(['events', 'state', 'shares']),
  everyMs: z.number().positive(),
  /** Samples that are due while the fault is in effect, in all stages together. Of a baseline: those due in it. */
  samples: Count.min(1),
  /** 1 for a baseline, and where there is no ramp. */
  stages: Count.min(1),
  /**
   * The same by stage: those that are due while its faults may not show yet, and from then on. Any may refute the tolerance; what is said
   * of a stage that does not is about the latter.
   */
  ofStages: z.array(z.object({ hidden: Count, shown: Count })).min(1),
  /** Of faults, or of recoveries: their part of the probability of a false alarm is shared by all judged probes. */
  falseAlarms: z.number().gt(0).lt(1),
  probes: Count.min(1),
});
export type EvidencePlan = Parsed<typeof EvidencePlan>;

/**
 * Of the probability of a false alarm in the whole experiment, what is for all of its faults, and for all recoveries from them. Most of
 * those are over without a look at evidence.
 */
export const partOf = { faults: 0.9, recoveries: 0.1 } as const;

/** What the evidence against a probe must reach: the probability of a false alarm is shared by all probes. */
export function boundOf({ probes, falseAlarms }: Pick<EvidencePlan, 'probes' | 'falseAlarms'>): number {
  return probes / falseAlarms;
}
