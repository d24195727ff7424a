import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

/** One measurement by a probe. */
export const Sample = z.object({
  /** Epoch ms at which it was due, by the clock and not by the answer to the one before. Samples are judged in this order. */
  due: z.number(),
  /** `unmeasured`: nobody can tell, as where our own machine was too busy to ask in time. It counts for nothing but missing evidence. */
  is: z.enum(['good', 'bad', 'unmeasured']),
  /** Of an unmeasured one: our own machine was too busy for it. */
  busy: z.literal(true).exactOptional(),
  /** What was measured, in the unit of its probe: milliseconds of an answer. Absent where there was no answer. */
  value: z.number().exactOptional(),
  /** What was seen of a bad or unmeasured one, in a few words: `status 503`, `no answer within 3 s`. No secret, at most 200 characters. */
  detail: z.string().exactOptional(),
});
export type Sample = Parsed<typeof Sample>;
