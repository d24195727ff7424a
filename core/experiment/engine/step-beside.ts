import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Parsed } from '../../util/parse.ts';
import { advance } from './course.ts';
import type { MethodPort } from './ports.ts';
import { Segment } from './segment.ts';
import { enterPhase, orderOf, type PhaseParts } from './watch-phase.ts';
import { type Watch, watchWhile } from './watch-segment.ts';

/** A fault whose time is not over. */
export interface ActiveFault {
  /** Epoch ms. */
  readonly until: number;
  /** The entries that undo it; none of a fault that is done once. */
  readonly undos: readonly string[];
}

export interface BesideParts extends PhaseParts {
  readonly clock: Clock;
  readonly method: MethodPort;
}

/**
 * Does in a step what takes its time while faults may be in place: it is measured and judged meanwhile, a stop and a deviation abort
 * `over`, and faults whose time is over are undone. What has become of an undo is for its own step to tell.
 */
export function stepBeside<Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  active: readonly ActiveFault[],
  parts: BesideParts,
  work: (watch: Watch) => Promise<Parsed<Shape>>,
): Promise<{ readonly segment: Segment; readonly result: Parsed<Shape> }> {
  const Beside = z.object({ segment: Segment, result: shape });
  const watched = async () => {
    const order = orderOf({ endsOnDeviation: true, stop: 'ends' }, parts);
    const done = new AbortController();
    for (const fault of active) void undoInTime(fault, done.signal, parts).catch(() => {});
    try {
      return await watchWhile(order, await parts.segmentParts(), work);
    } finally {
      done.abort();
    }
  };
  return parts.host.step(name, Beside, watched as () => Promise<Parsed<typeof Beside>>) as ReturnType<
    typeof watched
  >;
}

/** Of a fault that was put in place beside a segment, epoch ms. */
interface Injection {
  /** From when on it may have been in effect. */
  readonly left?: number;
  /** From when on it was. */
  readonly from?: number;
}

/** Adds what was measured beside a step. */
export function addBeside(
  segment: Segment,
  stage: number,
  { left, from }: Injection,
  parts: Pick<PhaseParts, 'course' | 'chronicle'>,
): void {
  const { course, chronicle } = parts;
  if (left !== undefined && course.phases.at(-1)?.is === 'baseline') {
    enterPhase('injecting', stage, left, parts);
  }
  if (from !== undefined && course.phases.at(-1)?.is !== 'fault') enterPhase('fault', stage, from, parts);
  chronicle.addSegment(segment);
  advance(course, segment);
}

async function undoInTime(
  { until, undos }: ActiveFault,
  done: AbortSignal,
  { clock, method }: BesideParts,
): Promise<void> {
  await clock.sleep(until - clock.now(), done);
  if (!done.aborted && undos.length > 0) await method.undo(undos);
}
