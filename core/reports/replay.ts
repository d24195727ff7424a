import * as z from 'zod';
import { Decision } from '../model/decision.ts';
import { Count } from '../util/count.ts';
import type { Parsed } from '../util/parse.ts';

/** What was decided before claims, which depend on other runs. */
const Outcome = z.object({ decision: Decision, targetId: z.string().nullable() });
export type Outcome = Parsed<typeof Outcome>;

/** A recorded run, decided again from what it was decided on. */
export const Replay = z.object({
  schemaVersion: z.literal(2),
  runId: z.string(),
  groups: Count,
  /** Those whose instance was chosen to be struck: claims, and what a leashed run counts by budgets, come after that. */
  chosen: Count,
  /** Groups that were decided otherwise this time. */
  differences: Count,
  /** The first of them by its key. */
  first: z.object({ group: z.string(), recorded: Outcome, replayed: Outcome }).exactOptional(),
});
export type Replay = Parsed<typeof Replay>;
