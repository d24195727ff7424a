import * as z from 'zod';
import type { Tolerance } from '../../model/experiment.ts';
import type { Sample } from '../../model/sample.ts';
import { Count } from '../../util/count.ts';
import type { Parsed } from '../../util/parse.ts';

/**
 * What is known of a probe that may be within its tolerance again. It is kept from one segment to the next: a probe may have to hold for
 * longer than a segment lasts.
 */
export const RecoveryWatch = z.object({
  /** Its last samples: good ones from a moment on, epoch ms, and the bad ones that follow. Only the last run may have none. */
  runs: z.array(z.object({ from: z.number(), good: Count, bad: Count })),
  /** Epoch ms, once it has held for long enough. */
  recoveredAt: z.number().exactOptional(),
});
export type RecoveryWatch = Parsed<typeof RecoveryWatch>;

export const nothingRecovered: RecoveryWatch = { runs: [] };

/** For how long, and until when at least, epoch ms, a probe must be within its tolerance again. */
export interface Steady {
  readonly ms: number;
  readonly until: number;
}

/** In fewer samples nothing recovers. */
const fewestSamples = 3;

/**
 * Adds the next sample, in due order. A probe has recovered at the first moment from which, for `ms`, no more samples were bad than
 * are tolerated. A state must be good all that time. It must hold until `until` at least: the fault may still have been in effect before.
 */
export function watchRecovery(
  watch: RecoveryWatch,
  sample: Sample,
  { tolerance, ms, until }: Steady & { readonly tolerance: Tolerance },
): RecoveryWatch {
  if (watch.recoveredAt !== undefined || sample.is === 'unmeasured') return watch;
  const runs = withinTolerance(addTo(watch.runs, sample), 'bad' in tolerance ? tolerance.bad : 0);
  const [first] = runs;
  const samples = runs.reduce((sum, { good, bad }) => sum + good + bad, 0);
  if (first === undefined || samples < fewestSamples || sample.due - first.from < ms || sample.due < until) {
    return { runs };
  }
  return { runs: [], recoveredAt: first.from };
}

type Runs = RecoveryWatch['runs'];

function addTo(runs: Runs, { is, due }: Sample): Runs {
  const last = runs.at(-1);
  if (is === 'bad') return last === undefined ? [] : [...runs.slice(0, -1), { ...last, bad: last.bad + 1 }];
  if (last === undefined || last.bad > 0) return [...runs, { from: due, good: 1, bad: 0 }];
  return [...runs.slice(0, -1), { ...last, good: last.good + 1 }];
}

/** What is too bad as a whole begins later: with the first good one after some bad ones. */
function withinTolerance(runs: Runs, share: number): Runs {
  const bad = runs.reduce((sum, run) => sum + run.bad, 0);
  const good = runs.reduce((sum, run) => sum + run.good, 0);
  return bad > share * (good + bad) ? withinTolerance(runs.slice(1), share) : runs;
}
