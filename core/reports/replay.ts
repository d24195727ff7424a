import * as z from 'zod';
import { Decision } from '../model/decision.ts';
import { Count } from '../util/count.ts';
import type { Parsed } from '../util/parse.ts';

/** The decision before claims, which depend on other runs. */
const Outcome = z.object({ decision: Decision, targetId: z.string().nullable() });
export type Outcome = Parsed<typeof Outcome>;

/** A recorded run, decided again on the same evidence. */
export const Replay = z.object({
  schemaVersion: z.literal(2),
  runId: z.string(),
  groups: Count,
  /** Groups with a target chosen to be struck. Claims, and the budgets that a leashed run counts, come later. */
  chosen: Count,
  /** Groups with a different decision this time. */
  differences: Count,
  /** The first of them, by key. */
  first: z.object({ group: z.string(), recorded: Outcome, replayed: Outcome }).exactOptional(),
});
export type Replay = Parsed<typeof Replay>;
