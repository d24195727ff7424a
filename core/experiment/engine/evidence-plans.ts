import type { Experiment, JudgedProbe } from '../../model/experiment.ts';
import type { Probe } from '../../ports/probe.ts';
import type { EvidencePlan } from '../evidence/plan.ts';
import { stageMethod } from './stage-method.ts';

/** How a probe's samples are judged. */
export type MeasuresOf = (probe: JudgedProbe) => Probe['measures'];

type Judged = Pick<Experiment, 'steadyState' | 'method' | 'stages'>;

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
    falseAlarms: steadyState.falseAlarms,
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
