import type { JudgedProbe, ProbeSpec } from '../../model/experiment.ts';
import type { ExperimentPhase } from '../../reports/experiment-report.ts';
import type { Chronicle } from './chronicle.ts';
import { advance, type Course } from './course.ts';
import type { Host } from './host.ts';
import { Segment } from './segment.ts';
import { stepNames } from './step-names.ts';
import { longestWait } from './watch-arrival.ts';
import { type SegmentOrder, type SegmentParts, watchWhile } from './watch-segment.ts';

export interface PhaseOrder extends Pick<SegmentOrder, 'endsOnDeviation' | 'stop' | 'goals'> {
  readonly is: ExperimentPhase['is'];
  readonly stage: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** The segments of this phase that are over: names go on from here. */
  readonly part: number;
  /**
   * Nothing is in place: it waits for the last answers. Without it, it ends by the clock, and they are taken by the phase that comes
   * next. `recovery`: it ends early once all has recovered, of which each probe tells after all that it has told of the faults.
   */
  readonly awaits?: 'answers' | 'recovery';
}

export interface PhaseEnd {
  readonly ended: Segment['ended'];
  readonly at: number;
  readonly part: number;
}

export interface PhaseParts {
  readonly host: Host;
  readonly chronicle: Chronicle;
  readonly course: Course;
  readonly binMs: number;
  readonly probes: readonly (JudgedProbe | ProbeSpec)[];
  readonly judged: readonly JudgedProbe[];
  readonly describe: SegmentParts['describe'];
  segmentParts(): Promise<SegmentParts>;
}

export const segmentMs = 60_000;

/** Watches for a time, in segments. */
export async function watchPhase(order: PhaseOrder, parts: PhaseParts): Promise<PhaseEnd> {
  const { is, stage, awaits } = order;
  const { host, chronicle, course, judged, describe } = parts;
  const until = awaits === undefined ? order.to : longestWait(judged, describe, order.to);
  let { from, part } = order;
  while (from < until) {
    const to = Math.min(from + segmentMs, Math.max(from, order.to));
    // The last answers are most often there in a moment, and need no step of their own.
    const latest = to < order.to ? to : Math.min(to + segmentMs, until);
    const awaited = {
      endsOnRecovery: awaits === 'recovery',
      ...(awaits !== undefined && to >= order.to && { awaits: order.to }),
    };
    const segment = await host.step(stepNames.segment(is, stage, part), Segment, async () => {
      const wanted = { ...orderOf(order, parts), ...awaited, shown: { from, to } };
      return watchSegment(wanted, latest, await parts.segmentParts());
    });
    part += 1;
    chronicle.addSegment(segment);
    advance(course, segment);
    if (segment.ended.by !== 'time') return { ended: segment.ended, at: segment.to, part };
    from = latest;
    await host.breathe(stepNames.breath(is, stage, part));
  }
  return { ended: { by: 'time' }, at: course.at, part };
}

/** `at`: epoch ms; the phase before ends then. */
export function enterPhase(
  is: ExperimentPhase['is'],
  stage: number,
  at: number,
  { course, chronicle }: Pick<PhaseParts, 'course' | 'chronicle'>,
): void {
  course.phases.push({ is, stage, from: at });
  chronicle.enter(is, stage, at);
}

async function watchSegment(order: SegmentOrder, latest: number, parts: SegmentParts): Promise<Segment> {
  const { clock } = parts;
  const { segment } = await watchWhile(order, parts, ({ over }) => clock.sleep(latest - clock.now(), over));
  // A timer may be off by a millisecond.
  return { ...segment, to: segment.ended.by === 'time' ? latest : Math.min(latest, segment.to) };
}

/** What is known so far goes into every segment. */
export function orderOf(
  { endsOnDeviation, stop, goals }: Pick<SegmentOrder, 'endsOnDeviation' | 'stop' | 'goals'>,
  { course, chronicle, probes, binMs }: Pick<PhaseParts, 'course' | 'chronicle' | 'probes' | 'binMs'>,
): SegmentOrder {
  return {
    ...{ ...course, probes, binMs, endsOnDeviation },
    // Who has stopped it need not be asked for twice.
    stop: stop === 'noted' && chronicle.stopped !== undefined ? 'ignored' : stop,
    ...(goals !== undefined && { goals }),
  };
}
