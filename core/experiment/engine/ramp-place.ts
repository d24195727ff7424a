import type { Experiment, MethodStep } from '../../model/experiment.ts';
import { faultText } from '../../model/fault-text.ts';
import { selectText } from '../wording/method-words.ts';
import { tookText } from '../wording/numbers.ts';
import { stageMethod } from './stage-method.ts';

/** How far a ramp has come, for people: the stage before may have survived what this one did not. */
export interface RampPlace {
  /** `in stage 2 of 2 (lose on 2 targets)`. */
  readonly where: string;
  /** `stage 1 survived`; absent in the first. */
  readonly survived?: string;
}

/** Enough to know a stage by. */
const mostSteps = 3;

/** Undefined where there is no ramp, and where its first stage was not begun. */
export function rampPlace(
  experiment: Pick<Experiment, 'method' | 'stages'>,
  reached: number,
): RampPlace | undefined {
  const planned = experiment.stages.length;
  if (planned === 1 || reached === 0) return undefined;
  const steps = changedSteps(experiment, reached);
  const shown = steps.slice(0, mostSteps);
  const more = steps.length > shown.length ? [`and ${steps.length - shown.length} more`] : [];
  const what = steps.length === 0 ? '' : ` (${[...shown, ...more].join(', ')})`;
  return {
    where: `in stage ${reached} of ${planned}${what}`,
    ...(reached > 1 && { survived: survivedText(reached - 1) }),
  };
}

/** What the ramp changes, as it is in this stage. */
function changedSteps(experiment: Pick<Experiment, 'method' | 'stages'>, stage: number): readonly string[] {
  const methods = experiment.stages.map((_, index) => stageMethod(experiment, index + 1));
  return (methods[stage - 1] ?? []).flatMap((step, index) => {
    const changes = (of: (step: MethodStep) => unknown) =>
      new Set(methods.flatMap((method) => method[index] ?? []).map((one) => JSON.stringify(of(one)))).size >
      1;
    const { name, fault, target, holdMs } = step;
    // Of those, `minutes` goes with how long it lasts.
    const parameters = Object.entries(Object(fault.parameters)).filter(
      ([key]) => key !== 'minutes' && changes((one) => Object(one.fault.parameters)[key]),
    );
    const words = [
      ...(parameters.length > 0
        ? [`as ${faultText({ name: fault.name, parameters: Object.fromEntries(parameters) })}`]
        : []),
      ...(changes((one) => one.target.select) ? [`on ${selectText(target.select)}`] : []),
      ...(changes((one) => one.holdMs) ? [`for ${tookText(holdMs)}`] : []),
    ];
    return words.length === 0 ? [] : [[name, ...words].join(' ')];
  });
}

function survivedText(stages: number): string {
  if (stages === 1) return 'stage 1 survived';
  return `stages 1 ${stages === 2 ? 'and' : 'to'} ${stages} survived`;
}
