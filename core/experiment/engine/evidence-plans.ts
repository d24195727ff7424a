import type { Experiment, JudgedProbe, MethodStep } from '../../model/experiment.ts';
import type { Probe } from '../../ports/probe.ts';
import { type EvidencePlan, partOf } from '../evidence/plan.ts';
import { stageMethod } from './stage-method.ts';

/** How a probe's samples are judged. */
export type MeasuresOf = (probe: JudgedProbe) => Probe['measures'];

type Judged = Pick<Experiment, 'steadyState' | 'method' | 'stages' | 'recovery'>;

/** How long a fault may take, at most, until what it hits shows it. */
export type ShowsAfterMs = (fault: string) => number;

/** Under the faults of all stages. */
export function faultPlan(
  probe: JudgedProbe,
  experiment: Judged,
  measures: MeasuresOf,
  showsAfterMs: ShowsAfterMs,
): EvidencePlan {
  const stages = experiment.stages.map((_, index) => {
    const method = stageMethod(experiment, index + 1);
    return { heldMs: stageHoldMs(method), shownMs: stageShownMs(method, showsAfterMs) };
  });
  return planOf(probe, stages, experiment, measures);
}

/** Before the faults of one stage: each baseline has evidence of its own. */
export function baselinePlan(probe: JudgedProbe, experiment: Judged, measures: MeasuresOf): EvidencePlan {
  return planOf(probe, [allOf(experiment.steadyState.baselineMs)], experiment, measures);
}

/** After the faults of one stage, once it should have recovered: each stage has evidence of its own, and its part of what may be false. */
export function recoveryPlan(probe: JudgedProbe, experiment: Judged, measures: MeasuresOf): EvidencePlan {
  const { steadyState, stages } = experiment;
  return {
    ...planOf(probe, [allOf(steadyMsOf(experiment))], experiment, measures),
    falseAlarms: (steadyState.falseAlarms * partOf.recoveries) / stages.length,
  };
}

/** For so long a probe has to be within its tolerance again. */
export function steadyMsOf({ steadyState, recovery }: Pick<Judged, 'steadyState' | 'recovery'>): number {
  return Math.min(steadyState.baselineMs, recovery.withinMs);
}

/** Of what is judged in a stage: for how long, and how much of that is sure to show. */
interface JudgedTime {
  readonly heldMs: number;
  readonly shownMs: number;
}

function allOf(ms: number): JudgedTime {
  return { heldMs: ms, shownMs: ms };
}

function planOf(
  probe: JudgedProbe,
  stages: readonly JudgedTime[],
  { steadyState }: Judged,
  measures: MeasuresOf,
): EvidencePlan {
  const { tolerance, everyMs } = probe;
  const samplesIn = (ms: number) => Math.floor(ms / everyMs);
  const heldMs = stages.reduce((sum, stage) => sum + stage.heldMs, 0);
  return {
    ...{ tolerance, everyMs, stages: stages.length },
    measures: measures(probe),
    samples: Math.max(1, samplesIn(heldMs)),
    ofStages: stages.map((stage) => {
      const shown = samplesIn(stage.shownMs);
      return { hidden: samplesIn(stage.heldMs) - shown, shown };
    }),
    falseAlarms: steadyState.falseAlarms * partOf.faults,
    probes: steadyState.probes.length,
  };
}

/** How long faults are in effect in a stage, one after another or at once. */
export function stageHoldMs(method: ReturnType<typeof stageMethod>): number {
  return Math.max(0, ...windowsOf(method).map(({ to }) => to));
}

/** For how much of it one of them at least is sure to show. */
function stageShownMs(method: ReturnType<typeof stageMethod>, showsAfterMs: ShowsAfterMs): number {
  let [shownMs, until] = [0, 0];
  const shown = windowsOf(method).map(({ step, to }) => ({
    from: to - step.holdMs + showsAfterMs(step.fault.name),
    to,
  }));
  for (const { from, to } of shown.toSorted((a, b) => a.from - b.from)) {
    shownMs += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return shownMs;
}

/** When each fault ends, in ms from when the first is in effect. */
function windowsOf(
  method: ReturnType<typeof stageMethod>,
): readonly { readonly step: MethodStep; readonly to: number }[] {
  const ends = new Map<string, number>();
  const endOf = (name: string): number => {
    const known = ends.get(name);
    if (known !== undefined) return known;
    const step = method.find((one) => one.name === name);
    if (step === undefined) return 0;
    const end = Math.max(0, ...step.startAfter.map(endOf)) + step.holdMs;
    ends.set(name, end);
    return end;
  };
  return method.map((step) => ({ step, to: endOf(step.name) }));
}
