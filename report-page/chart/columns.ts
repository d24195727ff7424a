import type { ExperimentPhase, ProbeResult } from '#core/reports/experiment-report.ts';
import { epochOf, lastMoment } from '../clock.ts';

type Bin = ProbeResult['bins'][number];

/** Samples of one or more bins, side by side. */
export interface Column extends Bin {
  /** Epoch ms of its end. */
  readonly to: number;
  /** It begins with a fault, and what is left of it is shown with the one before. */
  readonly isCut?: true;
}

/** Larger values are not drawn, whatever a service has answered. */
const largest = 1e15;

/** Whether a sample has a moment and a value that a chart can show. */
export function isDrawable({
  at,
  value = 0,
}: {
  readonly at: number;
  readonly value?: number | undefined;
}): boolean {
  return Math.abs(at) <= lastMoment && Math.abs(value) <= largest;
}

/** The bins of a probe, with as many put together as it takes to have no more than `limit` over the whole time. */
export function columnsOf(probe: Pick<ProbeResult, 'bins' | 'binMs'>, limit: number): readonly Column[] {
  const bins = probe.bins.filter(isDrawable).toSorted((a, b) => a.at - b.at);
  const [first, last] = [bins[0], bins.at(-1)];
  if (first === undefined || last === undefined) return [];
  const step = Math.min(lastMoment, Math.max(1, probe.binMs));
  const widthMs = step * Math.ceil((last.at + step - first.at) / step / limit);
  const groups = Map.groupBy(bins, ({ at }) => Math.floor((at - first.at) / widthMs));
  return [...groups].map(([index, own]) => {
    const at = first.at + index * widthMs;
    return { ...merged(own), at, to: Math.min(at + widthMs, last.at + step) };
  });
}

function merged(bins: readonly Bin[]): Omit<Bin, 'at'> {
  const sum = (key: 'good' | 'bad' | 'unmeasured') => bins.reduce((all, bin) => all + bin[key], 0);
  const counts = { good: sum('good'), bad: sum('bad'), unmeasured: sum('unmeasured') };
  // The middle of medians is not quite the median; no bin keeps more of its values.
  const valued = bins.filter(
    ({ at, min, max }) => isDrawable({ at, value: min }) && isDrawable({ at, value: max }),
  );
  const medians = valued.flatMap(({ median }) => median ?? []).toSorted((a, b) => a - b);
  const median = medians[Math.floor(medians.length / 2)];
  if (median === undefined) return counts;
  return {
    ...counts,
    median,
    min: Math.min(median, ...valued.flatMap(({ min }) => min ?? [])),
    max: Math.max(median, ...valued.flatMap(({ max }) => max ?? [])),
  };
}

/**
 * The same, with those cut that a fault begins in: no column tells what its samples were before and after, and bars would rise before
 * the fault. Not where a sample before it was bad.
 */
export function cutAtFaults(
  columns: readonly Column[],
  { badSamples }: Pick<ProbeResult, 'badSamples'>,
  phases: readonly ExperimentPhase[],
): readonly Column[] {
  const faults = phases.flatMap(({ is, from }) =>
    is === 'injecting' || is === 'fault' ? (epochOf(from) ?? []) : [],
  );
  const cutOf = ({ at, to }: Column) =>
    faults.find(
      (begin) => begin > at && begin < to && !badSamples.some((one) => one.at >= at && one.at < begin),
    );
  return columns.map((column, index) => {
    const next = columns[index + 1];
    const end = next?.at === column.to ? cutOf(next) : undefined;
    const begin = cutOf(column);
    return {
      ...column,
      ...(begin !== undefined && { at: begin, isCut: true }),
      ...(end !== undefined && { to: end }),
    };
  });
}
