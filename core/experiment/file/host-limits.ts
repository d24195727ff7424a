import type { Experiment } from '../../model/experiment.ts';
import { grouped } from '../../util/format.ts';
import { stageHoldMs } from '../engine/evidence-plans.ts';
import { stageMethod } from '../engine/stage-method.ts';
import { segmentMs } from '../engine/watch-phase.ts';
import type { FileMistake } from './choose-fault.ts';

/** Of one durable execution; it cannot be raised. Source: Lambda quotas. */
const mostOperations = 3_000;
/** The longest timeout of an execution. */
const mostDays = 366;

const dayMs = 24 * 60 * 60_000;
/** After so long an invocation hands over to the next one, which is an operation. */
const invocationMs = 5 * 60_000;
/** The engine tries to undo for so long, before it watches the recovery. */
const undoMs = 2 * 60_000;
/** The beginning and the lead time; the end, its report and its message. */
const operationsOfAll = 8;
/** To look around, to undo, to tell people, to close, and to wait for the next stage; and for the last answers before and after a fault. */
const operationsOfStage = 16;
/** To resolve, to inject, to undo; and a segment that ends with it. */
const operationsOfStep = 4;

type Planned = Pick<Experiment, 'steadyState' | 'method' | 'stages' | 'pauseMs' | 'recovery' | 'notify'>;

/** What durable execution does not allow. Also said on a laptop, as a file is to run in both places. */
export function hostMistakes(experiment: Planned): readonly FileMistake[] {
  const { method, stages, pauseMs, notify } = experiment;
  let operations = operationsOfAll;
  let days = (notify.leadMs + pauseMs * (stages.length - 1)) / dayMs;
  for (const [index] of stages.entries()) {
    const ms = watchedMs(experiment, index + 1);
    operations += operationsOfStage + operationsOfStep * method.length;
    operations += Math.ceil(ms / segmentMs) + Math.ceil(ms / invocationMs);
    days += ms / dayMs;
  }
  const tooMany =
    `expected less to watch in all stages together: an execution on AWS has at most ${grouped(mostOperations)} operations, and watching ` +
    `takes one a minute, so this takes up to ${grouped(operations)}`;
  const tooLong = `expected pauses with which all of it takes at most ${mostDays} days, as an execution on AWS may, not ${grouped(Math.ceil(days))}`;
  return [
    ...(operations > mostOperations
      ? [{ path: stages.length > 1 ? ['ramp', 'stages'] : ['method'], message: tooMany }]
      : []),
    ...(days > mostDays ? [{ path: ['ramp', 'pause'], message: tooLong }] : []),
  ];
}

/** For how long a stage is watched, at most. */
function watchedMs({ steadyState, method, stages, recovery }: Planned, stage: number): number {
  const { baselineMs } = steadyState;
  const heldMs = stageHoldMs(stageMethod({ method, stages }, stage)) + undoMs * method.length;
  return baselineMs + heldMs + recovery.withinMs + Math.min(baselineMs, recovery.withinMs);
}
