import type { JudgedProbe, ProbeSpec } from '../../model/experiment.ts';
import type { Sample } from '../../model/sample.ts';
import { addSample, type Evidence, isDeviated, log10OfEvidence, startStage } from '../evidence/evidence.ts';
import { type BaselineJudgement, judgeBaseline } from '../evidence/judge.ts';
import { boundOf } from '../evidence/plan.ts';
import { type Course, effectAt, type PhaseStart, phaseAt, type Timeline } from './course.ts';
import { deviationText } from './ending-texts.ts';
import { nothingRecovered, type RecoveryGoal, type RecoveryWatch, watchRecovery } from './recovery-watch.ts';
import type { ProbeSegment } from './segment.ts';
import { type TallyCounter, tallyCounter } from './tally.ts';

export interface FollowOrder extends Pick<Course, 'baseline' | 'evidence' | 'recovery' | 'taken'> {
  /** Of judged probes, while recovery is watched. */
  readonly goals?: ReadonlyMap<string, RecoveryGoal>;
  readonly binMs: number;
}

export type FollowedProbe = ReturnType<typeof followProbe>;

export function isJudged(spec: JudgedProbe | ProbeSpec): spec is JudgedProbe {
  return 'tolerance' in spec;
}

/** What one probe comes to in a segment: each sample counts for what was when it was due. */
export function followProbe(
  spec: JudgedProbe | ProbeSpec,
  order: FollowOrder,
  timeline: Timeline & { isBaseline(due: number): boolean },
) {
  const { name } = spec;
  const { binMs } = order;
  const counted: { readonly phase: PhaseStart; readonly counter: TallyCounter }[] = [];
  const series: [number, number][] = [];
  const goal = order.goals?.get(name);
  let taken = order.taken.get(name) ?? Number.NEGATIVE_INFINITY;
  let baseline: Evidence | undefined = order.baseline.get(name);
  let evidence: Evidence | undefined = order.evidence.get(name);
  let recovery: RecoveryWatch | undefined = goal && (order.recovery.get(name) ?? nothingRecovered);

  const count = (phase: PhaseStart, sample: Sample) => {
    if (counted.at(-1)?.phase !== phase) {
      counted.push({ phase, counter: tallyCounter(phase.from, binMs) });
    }
    counted.at(-1)?.counter.add(sample);
  };
  const judge = ({ is }: PhaseStart, sample: Sample) => {
    const isOfBaseline = is === 'baseline' && timeline.isBaseline(sample.due);
    if (isOfBaseline && baseline?.since !== undefined && sample.due >= baseline.since) {
      baseline = addSample(baseline, sample);
    }
    if (is !== 'fault' || evidence?.since === undefined || sample.due < evidence.since) return;
    // Between two faults of a stage its samples are no evidence, and yet nobody has looked away.
    evidence = addSample(evidence, sample, effectAt(timeline, sample.due));
    const log10 = log10OfEvidence(evidence);
    if (log10 !== undefined) addPoint(series, [sample.due, log10], binMs);
  };
  /** What is being judged: the baseline until the first fault of the stage is in effect. */
  const judged = () => (evidence?.since === undefined ? baseline : evidence);
  const sum = (is: 'good' | 'bad') => counted.reduce((all, { counter }) => all + counter.count[is], 0);

  return {
    spec,
    see: (sample: Sample): void => {
      const phase = phaseAt(timeline, sample.due);
      // One that is asked for again by the next process has been judged before.
      if (phase === undefined || sample.due <= taken) return;
      taken = sample.due;
      count(phase, sample);
      judge(phase, sample);
      if (phase.is === 'recovery' && recovery && goal) recovery = watchRecovery(recovery, sample, goal);
    },
    /** A fault is in effect from now on, the first one of its stage. */
    enterStage: (at: number): void => {
      if (evidence !== undefined && evidence.since === undefined) evidence = startStage(evidence, at);
    },
    hasDeviated: () => isRefuted(judged()),
    /** How the steady state is now; undefined where it is not what is judged. */
    steadiness: (): BaselineJudgement | undefined =>
      baseline !== undefined && judged() === baseline ? judgeBaseline(baseline) : undefined,
    hasRecovered: () => recovery?.recoveredAt !== undefined,
    /** Whether all of its samples are there that were due before. */
    hasAnswered: (before: number) => taken >= before,
    now: () => ({
      ...{ probe: name, bad: sum('bad'), measured: sum('good') + sum('bad') },
      ...standingOf(judged()),
    }),
    result: (): ProbeSegment => ({
      tallies: counted.map(({ phase: { is, stage }, counter }) => ({ is, stage, tally: counter.tally() })),
      series,
      ...(Number.isFinite(taken) && { taken }),
      ...(baseline !== undefined && { baseline }),
      ...(evidence !== undefined && { evidence }),
      ...(recovery !== undefined && { recovery }),
    }),
  };
}

function isRefuted(evidence: Evidence | undefined): boolean {
  return evidence !== undefined && isDeviated(evidence);
}

/** As people who watch are told. */
function standingOf(evidence: Evidence | undefined) {
  if (evidence === undefined) return {};
  return {
    ...(isDeviated(evidence) && { why: deviationText(evidence) }),
    odds: 10 ** (log10OfEvidence(evidence) ?? 0),
    bound: boundOf(evidence.plan),
  };
}

/** The last of each bin. */
function addPoint(series: [number, number][], point: [number, number], binMs: number): void {
  const binOf = ([at]: readonly [number, number]) => Math.floor(at / binMs);
  const last = series.at(-1);
  if (last !== undefined && binOf(last) === binOf(point)) series[series.length - 1] = point;
  else series.push(point);
}
