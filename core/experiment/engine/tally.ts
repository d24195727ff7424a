import * as z from 'zod';
import type { Sample } from '../../model/sample.ts';
import { ExperimentReport } from '../../reports/experiment-report.ts';
import { Count } from '../../util/count.ts';
import { addValue, Histogram, mergeHistograms } from './histogram.ts';

const { bins, badSamples } = ExperimentReport.shape.probes.element.shape;

/** What a report shows of the samples of a phase, without keeping each. */
export const Tally = z.object({
  good: Count,
  bad: Count,
  unmeasured: Count,
  /** Of those, the ones that our own machine was too busy for. */
  busy: Count,
  values: Histogram,
  bins,
  badSamples,
});
export type Tally = z.output<typeof Tally>;

/** Enough to see what went wrong in a phase, and few enough for a report. */
const mostBadSamples = 100;

export function startTally(): Tally {
  return { good: 0, bad: 0, unmeasured: 0, busy: 0, values: {}, bins: [], badSamples: [] };
}

export interface TallyCounter {
  add(sample: Sample): void;
  readonly count: Readonly<Pick<Tally, 'good' | 'bad'>>;
  /** Of all so far. */
  tally(): Tally;
}

/** Counts the samples of a phase, in due order, into bins of `binMs`; the first one begins with the phase, `from`. */
export function tallyCounter(from: number, binMs: number): TallyCounter {
  const tally = startTally();
  let values: number[] = [];
  // Once for each bin: sorted with each sample, a bin of thousands would take longer than its samples.
  const closeBin = () => {
    const bin = tally.bins.at(-1);
    if (bin === undefined || values.length === 0) return;
    values.sort((a, b) => a - b);
    const [min = 0, median = 0, max = 0] = [values[0], values[values.length >> 1], values.at(-1)];
    Object.assign(bin, { min, median, max });
  };
  return {
    add: (sample) => {
      tally[sample.is] += 1;
      if (sample.busy === true) tally.busy += 1;
      const at = Math.max(from, Math.floor(sample.due / binMs) * binMs);
      let bin = tally.bins.at(-1);
      if (bin?.at !== at) {
        closeBin();
        bin = { at, good: 0, bad: 0, unmeasured: 0 };
        tally.bins.push(bin);
        values = [];
      }
      bin[sample.is] += 1;
      if (sample.value !== undefined) {
        addValue(tally.values, sample.value);
        values.push(sample.value);
      }
      if (sample.is !== 'bad') return;
      tally.badSamples.push({
        at: sample.due,
        ...(sample.value !== undefined && { value: sample.value }),
        detail: sample.detail ?? 'bad',
      });
      if (tally.badSamples.length > mostBadSamples) tally.badSamples.shift();
    },
    count: tally,
    tally: () => {
      closeBin();
      return tally;
    },
  };
}

/** Of one phase; the first one's samples were due before the second's. The last bad ones are those that led to what came then. */
export function mergeTallies(a: Tally, b: Tally): Tally {
  return {
    good: a.good + b.good,
    bad: a.bad + b.bad,
    unmeasured: a.unmeasured + b.unmeasured,
    busy: a.busy + b.busy,
    values: mergeHistograms(a.values, b.values),
    bins: mergeBins(a.bins, b.bins),
    badSamples: [...a.badSamples, ...b.badSamples].slice(-mostBadSamples),
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
