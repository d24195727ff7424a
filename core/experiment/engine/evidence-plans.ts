import type { Experiment, JudgedProbe } from '../../model/experiment.ts';
import type { Probe } from '../../ports/probe.ts';
import { type EvidencePlan, partOf } from '../evidence/plan.ts';
import { stageMethod } from './stage-method.ts';

/** How a probe's samples are judged. */
export type MeasuresOf = (probe: JudgedProbe) => Probe['measures'];

type Judged = Pick<Experiment, 'steadyState' | 'method' | 'stages' | 'recovery'>;

/** Under the faults of all stages. */
export function faultPlan(probe: JudgedProbe, experiment: Judged, measures: MeasuresOf): EvidencePlan {
  const heldMs = experiment.stages
    .map((_, index) => stageHoldMs(stageMethod(experiment, index + 1)))
    .reduce((sum, ms) => sum + ms, 0);
  return planOf(probe, heldMs, experiment.stages.length, experiment, measures);
}

/** Before the faults of one stage: each baseline has evidence of its own. */
export function baselinePlan(probe: JudgedProbe, experiment: Judged, measures: MeasuresOf): EvidencePlan {
  return planOf(probe, experiment.steadyState.baselineMs, 1, experiment, measures);
}

/** After the faults of one stage, once it should have recovered: each stage has evidence of its own, and its part of what may be false. */
export function recoveryPlan(probe: JudgedProbe, experiment: Judged, measures: MeasuresOf): EvidencePlan {
  const { steadyState, stages } = experiment;
  return {
    ...planOf(probe, steadyMsOf(experiment), 1, experiment, measures),
    falseAlarms: (steadyState.falseAlarms * partOf.recoveries) / stages.length,
  };
}

/** For so long a probe has to be within its tolerance again. */
export function steadyMsOf({ steadyState, recovery }: Pick<Judged, 'steadyState' | 'recovery'>): number {
  return Math.min(steadyState.baselineMs, recovery.withinMs);
}

function planOf(
  probe: JudgedProbe,
  ms: number,
  stages: number,
  { steadyState }: Judged,
  measures: MeasuresOf,
): EvidencePlan {
  const { tolerance, everyMs } = probe;
  return {
    ...{ tolerance, everyMs, stages },
    measures: measures(probe),
    samples: Math.max(1, Math.floor(ms / everyMs)),
    falseAlarms: steadyState.falseAlarms * partOf.faults,
    probes: steadyState.probes.length,
  };
}

/** How long faults are in effect in a stage, one after another or at once. */
export function stageHoldMs(method: ReturnType<typeof stageMethod>): number {
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
  return Math.max(0, ...method.map(({ name }) => endOf(name)));
}
