import type { ProbeResult } from '#core/reports/experiment-report.ts';

type Bin = ProbeResult['bins'][number];

/** Samples of one or more bins, side by side. */
export interface Column extends Bin {
  /** Epoch ms of its end. */
  readonly to: number;
}

/** The bins of a probe, with as many put together as it takes to have no more than `most` over the whole time. */
export function columnsOf(
  { bins, binMs }: Pick<ProbeResult, 'bins' | 'binMs'>,
  most: number,
): readonly Column[] {
  const [first, last] = [bins[0], bins.at(-1)];
  if (first === undefined || last === undefined) return [];
  const step = Math.max(1, binMs);
  const widthMs = step * Math.ceil((last.at + step - first.at) / step / most);
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
  const medians = bins.flatMap(({ median }) => median ?? []).toSorted((a, b) => a - b);
  const median = medians[Math.floor(medians.length / 2)];
  if (median === undefined) return counts;
  return {
    ...counts,
    median,
    min: Math.min(...bins.flatMap(({ min }) => min ?? [])),
    max: Math.max(...bins.flatMap(({ max }) => max ?? [])),
  };
}
