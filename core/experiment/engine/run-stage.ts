import type { MethodStep } from '../../model/experiment.ts';
import { type Evidence, endStage, startEvidence, startStage } from '../evidence/evidence.ts';
import { judgeBaseline } from '../evidence/judge.ts';
import { deviationText, unsteadyText } from './ending-texts.ts';
import { type Ending, failedAt } from './endings.ts';
import { injectStep } from './inject-step.ts';
import type { OpenUndo } from './ports.ts';
import type { StageParts } from './stage-parts.ts';
import { watchStageRecovery } from './stage-recovery.ts';
import { tellAborted } from './tell-aborted.ts';
import { undoStrikes } from './undo-strikes.ts';
import { type PhaseEnd, watchPhase } from './watch-phase.ts';

/** Evidence against each judged probe under faults, over all stages so far. */
export type FaultEvidence = ReadonlyMap<string, Evidence>;

export interface StageEnd {
  /** Undefined: all that was planned was done, nothing deviated, and all recovered. */
  readonly ending: Ending | undefined;
  readonly evidence: FaultEvidence;
  /** What could not be undone. */
  readonly open: readonly OpenUndo[];
}

/** The steady state, the faults of a stage, their undo, the recovery. Whatever ends it, what was injected is undone. */
export async function runStage(
  place: { readonly stage: number; readonly from: number },
  method: readonly MethodStep[],
  before: FaultEvidence,
  parts: StageParts,
): Promise<StageEnd> {
  const { stage } = place;
  const unsteady = await watchBaseline(place, parts).catch((error: unknown) => failedAt(error, place.from));
  if (unsteady !== undefined) return { ending: unsteady, evidence: before, open: [] };
  const faults = startFaults(before);
  const ending = await watchFaults(stage, method, faults, parts).catch((error: unknown) =>
    failedAt(error, faults.at),
  );
  // Even where nothing is known to have been struck: an injection that failed may have left something.
  const undone = await undoStrikes({ stage, part: faults.undos }, undefined, parts);
  if (!faults.areStarted) return { ending, evidence: before, open: undone.open };
  if (ending?.is === 'aborted') {
    await tellAborted(stage, { by: ending.by, isUndone: undone.open.length === 0 }, parts);
  }
  const evidence = new Map([...faults.evidence].map(([name, one]) => [name, endStage(one, faults.at)]));
  const over = { from: faults.at, undoneAt: undone.at };
  const late = await watchStageRecovery(stage, over, ending !== undefined, parts);
  return { ending: ending ?? late, evidence, open: undone.open };
}

async function watchBaseline(
  { stage, from }: { readonly stage: number; readonly from: number },
  parts: StageParts,
): Promise<Ending | undefined> {
  const { judged, baselineMs, binMs } = parts;
  const fresh = judged.map((probe) => {
    const evidence = startStage(startEvidence(parts.baselinePlan(probe)), from);
    return [probe.name, evidence] as const;
  });
  const watched = await watchPhase(
    {
      ...{ is: 'baseline', stage, from, to: from + baselineMs, part: 0, binMs },
      ...{ evidence: new Map(fresh), endsOnDeviation: true, ignoresStop: false },
    },
    parts,
  );
  const { at, ended } = watched;
  if (ended.by === 'stop') return { is: 'aborted', by: ended.who, at };
  for (const { name } of judged) {
    // Where one has deviated, the others were cut short.
    if (ended.by === 'deviation' && ended.probe !== name) continue;
    const one = watched.evidence.get(name);
    const judgement = one && judgeBaseline(endStage(one, at));
    if (judgement === undefined || judgement.is === 'steady') continue;
    return { is: 'not-steady', probe: name, why: unsteadyText(judgement), at };
  }
  return undefined;
}

/** How far the faults of a stage have come. It grows as they are injected, so that nothing is lost where something fails. */
interface Faults {
  evidence: FaultEvidence;
  areStarted: boolean;
  /** Epoch ms until which they have been watched. */
  at: number;
  /** How many undos there were. */
  undos: number;
}

function startFaults(before: FaultEvidence): Faults {
  return { evidence: before, areStarted: false, at: 0, undos: 0 };
}

/** Each step begins once those that it starts after have ended; faults that last are undone one by one as their time is over. */
async function watchFaults(
  stage: number,
  method: readonly MethodStep[],
  faults: Faults,
  parts: StageParts,
): Promise<Ending | undefined> {
  const left = [...method];
  const ended = new Set<string>();
  const active = new Map<string, { readonly until: number; readonly undos: readonly string[] }>();
  for (let part = 0; ; ) {
    const due = left.filter(({ startAfter }) => startAfter.every((name) => ended.has(name)));
    for (const step of due) {
      left.splice(left.indexOf(step), 1);
      const injected = await injectStep(step, stage, parts);
      if ('is' in injected) return injected;
      if (!faults.areStarted) startAll(faults, injected.at);
      // What was measured while nothing was in effect is no evidence, and would use up what is planned of it.
      else if (active.size === 0) faults.at = injected.at;
      active.set(step.name, { until: injected.at + step.holdMs, undos: injected.undos });
    }
    if (active.size === 0) return undefined;

    const until = Math.min(...[...active.values()].map((one) => one.until));
    const watched = await watchPhase(
      {
        ...{ is: 'fault', stage, from: faults.at, to: until, part, binMs: parts.binMs },
        ...{ evidence: faults.evidence, endsOnDeviation: true, ignoresStop: false },
      },
      parts,
    );
    part = watched.part;
    faults.evidence = watched.evidence;
    faults.at = watched.at;
    const ending = endingOf(watched);
    if (ending !== undefined) return ending;

    for (const [name, { until, undos }] of active) {
      if (until > watched.at) continue;
      active.delete(name);
      ended.add(name);
      // The last are undone with the stage.
      if (undos.length === 0 || (active.size === 0 && left.length === 0)) continue;
      const undone = await undoStrikes({ stage, part: faults.undos }, undos, parts);
      faults.undos += 1;
      if (undone.open.length === 0) continue;
      return { is: 'failed', why: `step ${name} could not be undone: ${undone.open[0]?.why}`, at: undone.at };
    }
  }
}

function startAll(faults: Faults, at: number): void {
  faults.areStarted = true;
  faults.at = at;
  faults.evidence = new Map([...faults.evidence].map(([name, one]) => [name, startStage(one, at)]));
}

function endingOf({ ended, at, evidence }: PhaseEnd): Ending | undefined {
  if (ended.by === 'stop') return { is: 'aborted', by: ended.who, at };
  if (ended.by !== 'deviation') return undefined;
  const { probe } = ended;
  return { is: 'deviated', probe, why: deviationText(evidence.get(probe)), at: ended.at };
}
