import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

/** Why something was, or was not, done. The code is stable and counted; the text is for people. */
export const Reason = z.object({
  /**
   * Kebab-case. A guard's and a gate's code is its file's name; the others are in `core/decide/` and `core/run/`. Open, so that
   * a new guard needs no change here.
   */
  code: z.string(),
  text: z.string(),
});
export type Reason = Parsed<typeof Reason>;

/** What was decided about one group, and why. */
export const Decision = z.object({
  /** The group's key. */
  group: z.string(),
  verdict: z.enum(['strike', 'spare']),
  reason: Reason,
  /** What else stood against a strike, when more than one guard refused. */
  also: z.array(Reason).exactOptional(),
  /** What the draw was made with: of the slot, or of the day where the rate is in days. Absent where it did not come to one. */
  probability: z.number().exactOptional(),
  /** The number drawn in [0, 1): a strike if below `probability`. */
  drawn: z.number().exactOptional(),
  /** The moment that was drawn, ISO 8601, UTC, where the rate is in days. */
  due: z.string().exactOptional(),
});
export type Decision = Parsed<typeof Decision>;
