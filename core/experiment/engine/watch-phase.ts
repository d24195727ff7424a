import type { JudgedProbe, ProbeSpec } from '../../model/experiment.ts';
import type { ExperimentPhase } from '../../reports/experiment-report.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Chronicle } from './chronicle.ts';
import type { Host } from './host.ts';
import { type ProbeSegment, Segment } from './segment.ts';
import { stepNames } from './step-names.ts';
import { type SegmentOrder, type SegmentParts, watchSegment } from './watch-segment.ts';

export interface PhaseOrder
  extends Pick<SegmentOrder, 'endsOnDeviation' | 'ignoresStop' | 'binMs' | 'steady' | 'evidence'> {
  readonly is: ExperimentPhase['is'];
  readonly stage: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** The segments of this phase that are over: names go on from here. */
  readonly part: number;
}

export interface PhaseEnd {
  readonly ended: Segment['ended'];
  readonly at: number;
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly part: number;
}

export interface PhaseParts {
  readonly host: Host;
  readonly chronicle: Chronicle;
  readonly probes: readonly (JudgedProbe | ProbeSpec)[];
  segmentParts(): Promise<SegmentParts>;
}

export const segmentMs = 60_000;

/** Watches for a time, in segments. */
export async function watchPhase(
  order: PhaseOrder,
  { host, chronicle, probes, segmentParts }: PhaseParts,
): Promise<PhaseEnd> {
  const { is, stage } = order;
  let { from, part, evidence } = order;
  let recovery: SegmentOrder['recovery'] = new Map();
  while (from < order.to) {
    const to = Math.min(from + segmentMs, order.to);
    const wanted: SegmentOrder = { ...order, from, to, probes, evidence, recovery };
    const segment = await host.step(stepNames.segment(is, stage, part), Segment, async () => {
      return watchSegment(wanted, await segmentParts());
    });
    part += 1;
    chronicle.addSegment(is, stage, segment);
    evidence = byName(segment, (probe) => probe.evidence);
    recovery = byName(segment, (probe) => probe.recovery);
    if (segment.ended.by !== 'time') return { ended: segment.ended, at: segment.to, evidence, part };
    from = to;
    await host.breathe(stepNames.breath(is, stage, part));
  }
  return { ended: { by: 'time' }, at: order.to, evidence, part };
}

function byName<Value>(
  { probes }: Segment,
  pick: (probe: ProbeSegment) => Value | undefined,
): ReadonlyMap<string, Value> {
  return new Map(
    Object.entries(probes).flatMap(([name, probe]) => {
      const value = pick(probe);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
