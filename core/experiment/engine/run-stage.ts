import type { MethodStep } from '../../model/experiment.ts';
import { type Evidence, endStage, startEvidence, startStage } from '../evidence/evidence.ts';
import { findDoubt, judgeBaseline } from '../evidence/judge.ts';
import { doubtText, unsteadyText } from './ending-texts.ts';
import { type Ending, failedAt } from './endings.ts';
import { injectStep } from './inject-step.ts';
import type { OpenUndo } from './ports.ts';
import { endingOf, firstDeviation } from './segment-ending.ts';
import type { StageParts } from './stage-parts.ts';
import { expectRecovery, watchStageRecovery } from './stage-recovery.ts';
import type { ActiveFault } from './step-beside.ts';
import { findTaken } from './taken-faults.ts';
import { tellAborted } from './tell-aborted.ts';
import { undoAll, undoBeside } from './undo-strikes.ts';
import { enterPhase, watchPhase } from './watch-phase.ts';

/** Evidence against each judged probe under faults. */
export type FaultEvidence = ReadonlyMap<string, Evidence>;

export interface StageEnd {
  /** Undefined: all that was planned was done, and the stage was survived. */
  readonly ending: Ending | undefined;
  /** Of this stage and those before it; absent where no fault was in effect in this one. */
  readonly evidence?: FaultEvidence;
  /** What could not be undone: nothing more may be injected. */
  readonly open: readonly OpenUndo[];
}

/** The steady state, the faults of a stage, their undo, the recovery. Whatever ends it, what was injected is undone. */
export async function runStage(
  { stage, from }: { readonly stage: number; readonly from: number },
  method: readonly MethodStep[],
  parts: StageParts,
): Promise<StageEnd> {
  const { course, chronicle } = parts;
  const unsteady = await watchBaseline(stage, from, parts).catch((error: unknown) => failedAt(error, from));
  if (unsteady !== undefined) return { ending: unsteady, open: [] };
  const faults = { undos: 0, looks: 0 };
  const ending = await watchFaults(stage, method, faults, parts).catch((error: unknown) =>
    failedAt(error, course.at),
  );
  const { at } = course;
  // Whoever died while striking may have struck.
  const wasInPlace = course.effects.length > 0 || course.isStriking;
  if (wasInPlace) enterPhase('recovery', stage, at, parts);
  // Even where nothing is known to have been struck: an injection that failed may have left something.
  const undone = await undoAll({ stage, part: faults.undos }, parts);
  const { open } = undone;
  if (!wasInPlace) return { ending, open };
  if (ending?.is === 'aborted') {
    await tellAborted(stage, { by: ending.by, isUndone: open.length === 0 }, parts);
  }
  expectRecovery(parts);
  // Of what is still in place nobody recovers.
  const late =
    open.length > 0
      ? undefined
      : await watchStageRecovery(stage, { from: at, undoneAt: undone.at }, ending !== undefined, parts);
  course.evidence = new Map([...course.evidence].map(([name, one]) => [name, endStage(one, at)]));
  const { evidence } = course;
  const { stopped } = chronicle;
  const aborted = stopped && { is: 'aborted' as const, ...stopped };
  return {
    // What was answered after the undo was due before: it is the faults that it tells of.
    ending: ending ?? firstDeviation(course) ?? late ?? aborted ?? findDoubtful(stage, parts),
    // Where it died striking, there may be none of this stage.
    ...(course.effects.length > 0 && { evidence }),
    open,
  };
}

/** The next stage is only for what has survived this one, by its own samples. */
function findDoubtful(stage: number, { course, judged, stages }: StageParts): Ending | undefined {
  for (const { name } of judged) {
    const one = course.evidence.get(name);
    const doubt = one && findDoubt(one);
    if (doubt === undefined) continue;
    const why = `${stages === 1 ? '' : `in stage ${stage} `}${doubtText(doubt)}`;
    return { is: 'inconclusive', probe: name, why, at: course.at };
  }
  return undefined;
}

/** As long as the file says; it is judged until the first fault is in effect, so long as it takes to inject it. */
async function watchBaseline(stage: number, from: number, parts: StageParts): Promise<Ending | undefined> {
  const { course, judged, baselineMs } = parts;
  const to = from + baselineMs;
  enterPhase('baseline', stage, from, parts);
  course.at = from;
  course.baseline = new Map(
    judged.map((probe) => [probe.name, startStage(startEvidence(parts.baselinePlan(probe)), from)]),
  );
  course.effects = [];
  const { at, ended } = await watchPhase(
    {
      ...{ is: 'baseline', stage, from, to, part: 0, awaits: 'answers' },
      ...{ endsOnDeviation: true, stop: 'ends' },
    },
    parts,
  );
  if (ended.by === 'stop' || ended.by === 'problem') return endingOf(ended, course);
  for (const { name } of judged) {
    // Where one has deviated, the others were cut short.
    if (ended.by === 'deviation' && ended.probe !== name) continue;
    const one = course.baseline.get(name);
    const judgement = one && judgeBaseline(endStage(one, to));
    if (judgement === undefined || judgement.is === 'steady') continue;
    return { is: 'not-steady', probe: name, why: unsteadyText(judgement, stage), at };
  }
  return undefined;
}

/** Each step begins once those that it starts after have ended; faults that last are undone one by one as their time is over. */
async function watchFaults(
  stage: number,
  method: readonly MethodStep[],
  faults: { undos: number; looks: number },
  parts: StageParts,
): Promise<Ending | undefined> {
  const { course } = parts;
  const left = [...method];
  const ended = new Set<string>();
  const active = new Map<string, ActiveFault>();
  for (let part = 0; ; ) {
    const due = left.filter(({ startAfter }) => startAfter.every((name) => ended.has(name)));
    for (const step of due) {
      left.splice(left.indexOf(step), 1);
      const injected = await injectStep(step, stage, [...active.values()], parts);
      if ('is' in injected) return injected;
      active.set(step.name, { until: injected.at + step.holdMs, undos: injected.undos });
    }
    if (active.size === 0) return undefined;

    const until = Math.min(...[...active.values()].map((one) => one.until));
    const from = course.at;
    const watched = await watchPhase(
      {
        ...{ is: 'fault', stage, from, to: until, part },
        ...{ endsOnDeviation: true, stop: 'ends' },
      },
      parts,
    );
    part = watched.part;
    const ending = endingOf(watched.ended, course);
    if (ending !== undefined) return ending;
    // What was over by then has been undone by us.
    const held = [...active.values()].filter((one) => one.until > from);
    const taken = await findTaken({ stage, part: faults.looks }, held, parts);
    faults.looks += 1;
    if (taken !== undefined) return taken;

    for (const [name, one] of active) {
      if (one.until > course.at) continue;
      active.delete(name);
      ended.add(name);
      // The last are undone with the stage.
      if (one.undos.length === 0 || (active.size === 0 && left.length === 0)) continue;
      const undone = await undoBeside({ stage, part: faults.undos }, one.undos, [...active.values()], parts);
      faults.undos += 1;
      if ('is' in undone) return undone;
      if (undone.open.length === 0) continue;
      return { is: 'failed', why: `step ${name} could not be undone: ${undone.open[0]?.why}`, at: undone.at };
    }
  }
}
