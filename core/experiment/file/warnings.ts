import { isDeepStrictEqual } from 'node:util';
import type { Experiment } from '../../model/experiment.ts';
import { timeText } from '../../util/time.ts';
import { stageHoldMs } from '../engine/evidence-plans.ts';
import { stageMethod } from '../engine/stage-method.ts';
import { runsMayOverlap } from './cron-schedule.ts';
import type { FileWarning } from './file-warning.ts';
import type { Known } from './known.ts';
import { type PlacedProbe, probeWarnings } from './probe-warnings.ts';
import { unseenOutages } from './unseen-outages.ts';

/** What a file may say, and hardly means. `observations`: how many of those it has, before its load. */
export function warningsOf(
  experiment: Experiment,
  observations: number,
  { faults, probes, loopback = false }: Pick<Known, 'faults' | 'probes' | 'loopback'>,
): readonly FileWarning[] {
  const endless = endlessTolerances(experiment);
  const isEndless = ({ path }: FileWarning) => endless.some((one) => one.path[2] === path[2]);
  return [
    ...equalStages(experiment),
    // On this machine, faults show at once.
    ...(loopback ? [] : unseenOutages(experiment, { faults, probes }).filter((one) => !isEndless(one))),
    ...endless,
    ...runsMayOverlap(experiment),
    ...probeWarnings(placedProbes(experiment, observations), probes),
  ];
}

function placedProbes({ steadyState, observations }: Experiment, own: number): readonly PlacedProbe[] {
  return [
    ...steadyState.probes.map((spec, index) => ({ spec, path: ['steadyState', 'probes', index] })),
    ...observations.map((spec, index) => ({
      spec,
      path: index < own ? ['observations', index] : ['load', index - own],
    })),
  ];
}

function equalStages({ stages, method }: Experiment): readonly FileWarning[] {
  const effective = stages.map((stage) =>
    method.map(({ name, fault, target, holdMs }) => ({
      select: target.select,
      parameters: fault.parameters,
      holdMs,
      ...stage[name],
    })),
  );
  return effective.flatMap((stage, index) =>
    index > 0 && isDeepStrictEqual(stage, effective[index - 1])
      ? [
          {
            path: ['ramp', 'stages', index],
            text: 'the stage is equal to the one before, and shows nothing more',
          },
        ]
      : [],
  );
}

/** States that may be bad for as long as any fault is in effect: only the recovery judges them. */
function endlessTolerances(experiment: Experiment): readonly FileWarning[] {
  const holds = experiment.stages.map((_, index) => stageHoldMs(stageMethod(experiment, index + 1)));
  const longestMs = Math.max(...holds);
  return experiment.steadyState.probes.flatMap(({ tolerance }, index) => {
    if (!('badForMs' in tolerance) || tolerance.badForMs < longestMs) return [];
    const path = ['steadyState', 'probes', index, 'tolerance', 'badFor'];
    const text = `faults are in effect for ${timeText(longestMs)} at most: whatever they do, it is never bad for longer than ${timeText(tolerance.badForMs)}`;
    return [{ path, text }];
  });
}
