import * as z from 'zod';
import type { Parsed } from '../../util/parse.ts';
import { Evidence } from '../evidence/evidence.ts';
import { RecoveryWatch } from './recovery-watch.ts';
import { Tally } from './tally.ts';

/** What became of a probe in a segment. */
export const ProbeSegment = z.object({
  tally: Tally,
  /** Of a judged one, up to here. */
  evidence: Evidence.exactOptional(),
  /** Epoch ms, and the common logarithm of the evidence then: at most one a bin. */
  series: z.array(z.tuple([z.number(), z.number()])),
  /** Of a judged one, while recovery is watched, up to here. */
  recovery: RecoveryWatch.exactOptional(),
});
export type ProbeSegment = Parsed<typeof ProbeSegment>;

/** A part of a phase in one step of the host: a minute at most, so that little is repeated after an interruption. */
export const Segment = z.object({
  /** Epoch ms. */
  from: z.number(),
  to: z.number(),
  ended: z.discriminatedUnion('by', [
    z.object({ by: z.literal('time') }),
    z.object({ by: z.literal('deviation'), probe: z.string(), at: z.number() }),
    z.object({ by: z.literal('stop'), who: z.string() }),
    /** Every probe is within its tolerance again. */
    z.object({ by: z.literal('recovery') }),
  ]),
  /** By name. */
  probes: z.record(z.string(), ProbeSegment),
});
export type Segment = Parsed<typeof Segment>;
