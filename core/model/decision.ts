import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

/** Why something was or was not done. The code is stable and counted; the text is for people. */
export const Reason = z.object({
  /**
   * Kebab-case. The code of a guard or a gate is its file's name; the others are in `core/decide/` and `core/run/`. Not an enum, so
   * that a new guard needs no change here.
   */
  code: z.string(),
  text: z.string(),
});
export type Reason = Parsed<typeof Reason>;

/** The decision about one group, and why. */
export const Decision = z.object({
  /** The group's key. */
  group: z.string(),
  verdict: z.enum(['strike', 'spare']),
  reason: Reason,
  /** The other reasons, if more than one guard refused. */
  also: z.array(Reason).exactOptional(),
  /** The probability of the draw: per slot, or per day for a rate in days. Absent if there was no draw. */
  probability: z.number().exactOptional(),
  /** The number drawn in [0, 1): a strike if below `probability`. */
  drawn: z.number().exactOptional(),
  /** For a rate in days: the moment drawn, ISO 8601, UTC. */
  due: z.string().exactOptional(),
});
export type Decision = Parsed<typeof Decision>;
