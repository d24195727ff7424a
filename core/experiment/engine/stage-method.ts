import type { Experiment, MethodStep } from '../../model/experiment.ts';

/** The method of a stage, 1 for the first, with what the stage changes. */
export function stageMethod(
  { method, stages }: Pick<Experiment, 'method' | 'stages'>,
  stage: number,
): readonly MethodStep[] {
  return method.map((step) => {
    const {
      select = step.target.select,
      holdMs = step.holdMs,
      parameters,
    } = stages[stage - 1]?.[step.name] ?? {};
    const fault = { ...step.fault, parameters: { ...Object(step.fault.parameters), ...parameters } };
    return { ...step, fault, holdMs, target: { ...step.target, select } };
  });
}
