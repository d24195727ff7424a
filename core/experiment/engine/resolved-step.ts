import * as z from 'zod';
import { Decision } from '../../model/decision.ts';
import { Failure } from '../../model/failure.ts';
import type { Parsed } from '../../util/parse.ts';

/** What a step of the method strikes in a stage, drawn from what it found. */
export const ResolvedStep = z.object({
  step: z.string(),
  /** Epoch ms. */
  at: z.number(),
  /** Targets that a selection takes its share of: those that may be struck now. */
  found: z.int(),
  /** How many the stage wants. More than are in `rounds`: there are not enough. */
  wanted: z.int(),
  /** How many of those found the configuration lets an experiment strike at once. */
  allowed: z.int(),
  rounds: z.array(z.array(z.string())),
  /** Why other groups that match are not struck. */
  spared: z.array(Decision),
  failures: z.array(Failure),
});
export type ResolvedStep = Parsed<typeof ResolvedStep>;
