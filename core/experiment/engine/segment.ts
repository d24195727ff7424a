import * as z from 'zod';
import { ExperimentReport } from '../../reports/experiment-report.ts';
import type { Parsed } from '../../util/parse.ts';
import { Evidence } from '../evidence/evidence.ts';
import { RecoveryWatch } from './recovery-watch.ts';
import { Tally } from './tally.ts';

const { is, stage } = ExperimentReport.shape.phases.element.shape;

/** What became of a probe in a segment. */
export const ProbeSegment = z.object({
  /** By the phase in which its samples were due: those that were answered late count for the one before. */
  tallies: z.array(z.object({ is, stage, tally: Tally })),
  /** When the last of its samples that were taken so far was due, epoch ms. */
  taken: z.number().exactOptional(),
  /** Of a judged one, up to here: before the first fault of the stage. */
  baseline: Evidence.exactOptional(),
  /** Of a judged one, up to here: under faults. */
  evidence: Evidence.exactOptional(),
  /** Under faults, epoch ms, and the common logarithm of the evidence then: at most one a bin. */
  series: z.array(z.tuple([z.number(), z.number()])),
  /** Of a judged one, while recovery is watched, up to here. */
  recovery: RecoveryWatch.exactOptional(),
});
export type ProbeSegment = Parsed<typeof ProbeSegment>;

/** What was measured in one step of the host: two minutes at most where nothing else is done in it, so that little is repeated after an interruption. */
export const Segment = z.object({
  /** Epoch ms. */
  to: z.number(),
  ended: z.discriminatedUnion('by', [
    /** Its time is over; or what was done beside it is done. */
    z.object({ by: z.literal('time') }),
    z.object({ by: z.literal('deviation'), probe: z.string() }),
    z.object({ by: z.literal('stop'), who: z.string() }),
    /** What it waited for is there. */
    z.object({ by: z.literal('arrival') }),
    /** It could not be watched any longer, or the lease is lost. */
    z.object({ by: z.literal('problem'), why: z.string() }),
  ]),
  /** Who has stopped the experiment, where that does not end the segment. */
  stopped: z.string().exactOptional(),
  /** By name. */
  probes: z.record(z.string(), ProbeSegment),
});
export type Segment = Parsed<typeof Segment>;
