import * as z from 'zod';
import type { Sample } from '../../model/sample.ts';
import { ExperimentReport } from '../../reports/experiment-report.ts';
import { Count } from '../../util/count.ts';
import { addValue, Histogram, mergeHistograms } from './histogram.ts';

const { bins, badSamples } = ExperimentReport.shape.probes.element.shape;

/** What a report shows of samples, without keeping each. */
export const Tally = z.object({
  good: Count,
  bad: Count,
  unmeasured: Count,
  values: Histogram,
  bins,
  badSamples,
});
export type Tally = z.output<typeof Tally>;

/** Enough to see what went wrong, and few enough for a report. */
const mostBadSamples = 200;

export function startTally(): Tally {
  return { good: 0, bad: 0, unmeasured: 0, values: {}, bins: [], badSamples: [] };
}

/** Counts samples, in due order, into bins of `binMs`. Changes the tally. */
export function binCounter(tally: Tally, binMs: number): (sample: Sample) => void {
  let values: number[] = [];
  return (sample) => {
    tally[sample.is] += 1;
    const at = Math.floor(sample.due / binMs) * binMs;
    let bin = tally.bins.at(-1);
    if (bin?.at !== at) {
      bin = { at, good: 0, bad: 0, unmeasured: 0 };
      tally.bins.push(bin);
      values = [];
    }
    bin[sample.is] += 1;
    if (sample.value !== undefined) {
      addValue(tally.values, sample.value);
      values.push(sample.value);
      values.sort((a, b) => a - b);
      const [min, median, max] = [0, values.length >> 1, values.length - 1].map(
        (place) => values[place] ?? 0,
      );
      Object.assign(bin, { min, median, max });
    }
    if (sample.is === 'bad' && tally.badSamples.length < mostBadSamples) {
      tally.badSamples.push({
        at: sample.due,
        ...(sample.value !== undefined && { value: sample.value }),
        detail: sample.detail ?? 'bad',
      });
    }
  };
}

/** The first one's samples were due before the second's. */
export function mergeTallies(a: Tally, b: Tally): Tally {
  return {
    good: a.good + b.good,
    bad: a.bad + b.bad,
    unmeasured: a.unmeasured + b.unmeasured,
    values: mergeHistograms(a.values, b.values),
    bins: mergeBins(a.bins, b.bins),
    badSamples: [...a.badSamples, ...b.badSamples].slice(0, mostBadSamples),
  };
}

type Bins = Tally['bins'];

/** Where one ends and the other begins, both may have part of a bin: its median is that of the part with more samples. */
function mergeBins(a: Bins, b: Bins): Bins {
  const [last, first] = [a.at(-1), b[0]];
  if (last === undefined || first === undefined || last.at !== first.at) return [...a, ...b];
  const count = (bin: Bins[number]) => bin.good + bin.bad;
  const [more, fewer] = count(last) >= count(first) ? [last, first] : [first, last];
  const extremes = [last, first].flatMap(({ min, max }) => (min === undefined ? [] : [min, max ?? min]));
  const merged = {
    ...{ ...fewer, ...more },
    good: last.good + first.good,
    bad: last.bad + first.bad,
    unmeasured: last.unmeasured + first.unmeasured,
    ...(extremes.length > 0 && { min: Math.min(...extremes), max: Math.max(...extremes) }),
  };
  return [...a.slice(0, -1), merged, ...b.slice(1)];
}
