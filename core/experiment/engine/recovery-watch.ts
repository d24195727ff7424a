import * as z from 'zod';
import type { Sample } from '../../model/sample.ts';
import { Count } from '../../util/count.ts';
import type { Parsed } from '../../util/parse.ts';
import { addSample, badShareOf, Evidence, startEvidence, startStage } from '../evidence/evidence.ts';
import { isSteady } from '../evidence/judge.ts';
import { burstOf } from '../evidence/odds.ts';
import type { EvidencePlan } from '../evidence/plan.ts';

/**
 * What is known of a probe that may be within its tolerance again. It is kept from one segment to the next: a probe may have to hold for
 * longer than a segment lasts.
 */
export const RecoveryWatch = z.object({
  /**
   * Its last samples, in runs that each begin with a good one: `from`, epoch ms. Of `bad` ones, those of a burst count once; or the sum of
   * their shares.
   */
  runs: z.array(z.object({ from: z.number(), measured: Count, unmeasured: Count, bad: z.number() })),
  /** Bad samples in a row, up to the last one, and epoch ms of the first of them. */
  badInRow: Count,
  badSince: z.number().exactOptional(),
  /** What speaks against it since it should have recovered. */
  late: Evidence.exactOptional(),
  /** Epoch ms, once it has held for long enough. */
  recoveredAt: z.number().exactOptional(),
});
export type RecoveryWatch = Parsed<typeof RecoveryWatch>;

export const nothingRecovered: RecoveryWatch = { runs: [], badInRow: 0 };

/** When a probe has recovered. */
export interface RecoveryGoal {
  readonly plan: EvidencePlan;
  /** For so long it has to be as steady as a baseline. */
  readonly steadyMs: number;
  /** Epoch ms: and until then at least, as the fault may still be in effect before. */
  readonly until: number;
  /** Epoch ms: that has to begin by then. */
  readonly by: number;
}

/** In fewer samples nothing recovers. */
const fewestSamples = 3;
/** That may begin with any good sample, to a hundredth of its length: so much is kept, however often is measured. */
const mostRuns = 100;

/**
 * Adds the next sample, in due order. A probe has recovered at the first moment from which, for `steadyMs`, its samples were what a
 * baseline's may be, the first and the last of them good; a state must be good all that time. What is bad by chance delays nothing: a fixed share would do so all the time
 * where as much is bad as tolerated.
 */
export function watchRecovery(watch: RecoveryWatch, sample: Sample, goal: RecoveryGoal): RecoveryWatch {
  if (watch.recoveredAt !== undefined) return watch;
  const late = addLate(watch, sample, goal);
  const seen = { ...addToRuns(watch, sample, goal), ...(late !== undefined && { late }) };
  let { runs } = seen;
  for (let [first] = runs; first !== undefined && hasHeld(first.from, sample.due, goal); [first] = runs) {
    const measured = runs.reduce((sum, run) => sum + run.measured, 0);
    // Of a burst that has only begun, nobody knows whether it ends.
    if (measured < fewestSamples || seen.badInRow > 0) break;
    if (isWithin(runs, measured, goal.plan)) return { ...seen, runs: [], recoveredAt: first.from };
    runs = runs.slice(1);
  }
  return { ...seen, runs };
}

function hasHeld(from: number, now: number, { steadyMs, until }: RecoveryGoal): boolean {
  return now >= Math.max(from + steadyMs, until);
}

function isWithin(runs: RecoveryWatch['runs'], measured: number, plan: EvidencePlan): boolean {
  const unmeasured = runs.reduce((sum, run) => sum + run.unmeasured, 0);
  const bad = runs.reduce((sum, run) => sum + run.bad, 0);
  return measured >= 0.9 * (measured + unmeasured) && isSteady(plan, bad, measured);
}

function addToRuns(watch: RecoveryWatch, sample: Sample, goal: RecoveryGoal): RecoveryWatch {
  const { plan, steadyMs, until } = goal;
  const { runs, badInRow, badSince } = watch;
  const last = runs.at(-1);
  const share = badShareOf(plan, sample);
  if (share === undefined) return addToLast(watch, { unmeasured: 1 });
  const { tolerance } = plan;
  if (share <= ('bad' in tolerance && plan.measures === 'shares' ? tolerance.bad : 0)) {
    const wholeMs = Math.max(steadyMs, until - (runs[0]?.from ?? until));
    const begins = last === undefined || sample.due - last.from >= wholeMs / mostRuns;
    const counted = begins
      ? { runs: [...runs, { from: sample.due, measured: 1, unmeasured: 0, bad: share }] }
      : addToLast(watch, { measured: 1, bad: share });
    return { runs: counted.runs, badInRow: 0 };
  }
  const row = { badInRow: badInRow + 1, badSince: badSince ?? sample.due };
  if ('badForMs' in tolerance) return { runs: [], ...row };
  const isRepeat = badInRow > 0 && row.badInRow <= burstOf(plan).ofStage;
  return { ...addToLast(watch, { measured: 1, bad: isRepeat ? 0 : share }), ...row };
}

function addToLast(watch: RecoveryWatch, add: Partial<RecoveryWatch['runs'][number]>): RecoveryWatch {
  const last = watch.runs.at(-1);
  if (last === undefined) return watch;
  const { measured = 0, unmeasured = 0, bad = 0 } = add;
  const longer = {
    from: last.from,
    measured: last.measured + measured,
    unmeasured: last.unmeasured + unmeasured,
    bad: last.bad + bad,
  };
  return { ...watch, runs: [...watch.runs.slice(0, -1), longer] };
}

function addLate(watch: RecoveryWatch, sample: Sample, goal: RecoveryGoal): Evidence | undefined {
  const { late } = watch;
  if (sample.due < goal.by || (late === undefined && sample.is === 'unmeasured')) return late;
  return addSample(late ?? startLate(watch, sample, goal), sample);
}

/** A state that is bad by then has been so for as long as it was seen to be. */
function startLate({ badSince }: RecoveryWatch, { is }: Sample, { plan, by }: RecoveryGoal): Evidence {
  const isStillBad = 'badForMs' in plan.tolerance && is === 'bad' && badSince !== undefined;
  return { ...startStage(startEvidence(plan), by), ...(isStillBad && { badSince }) };
}
