import * as z from 'zod';
import type { MethodStep, Select, Stage, StageChanges } from '../../model/experiment.ts';
import type { Fault } from '../../model/fault.ts';
import { orNearest } from '../../util/nearest.ts';
import { Time } from '../../util/time.ts';
import { chooseFault, type FileMistake } from './choose-fault.ts';
import type { Known } from './known.ts';
import { Duration, Observe } from './step-schema.ts';
import { percentOf, selectSchema } from './target-schema.ts';
import { listOf } from './values.ts';

/** More than that is another experiment. */
const mostStages = 10;

function changesSchema({ config }: Known) {
  return z.strictObject({
    select: selectSchema(config.experiments.maxPercent)
      .optional()
      .describe('How many targets, in this stage.'),
    parameters: z
      .record(z.string(), z.unknown(), 'expected parameters of the fault')
      .optional()
      .describe('These parameters of the fault, and the others as they are.'),
    duration: Duration.optional().describe('How long the fault lasts.'),
    observe: Observe.optional().describe('How long is watched after a fault that is done once.'),
  });
}

export function rampSchema(known: Known) {
  return z.strictObject({
    stages: listOf(
      z.record(
        z.string(),
        changesSchema(known),
        'expected changes by the name of a step: { slow: { select: { count: 2 } } }',
      ),
      1,
      mostStages,
    ).describe(
      'One after the other, each only after the one before has survived: what it changes, by the name of a step. What it does not ' +
        'name is as in `method`. On AWS all of them together can be watched for some 40 hours.',
    ),
    pause: Time.prefault('0s').describe(
      'Between two stages, after the recovery and before the next baseline. All of an experiment takes 366 days at most.',
    ),
  });
}

export type Ramp = z.output<ReturnType<typeof rampSchema>>;

/** The stages, with the parameters that each has; or what is wrong with them. */
export function resolveStages(
  { stages }: Pick<Ramp, 'stages'>,
  steps: readonly MethodStep[],
  known: Known,
): { readonly stages: readonly Stage[]; readonly mistakes: readonly FileMistake[] } {
  const names = steps.map(({ name }) => name);
  const mistakes: FileMistake[] = [];
  const resolved = stages.map((stage, index) =>
    Object.fromEntries(
      Object.entries(stage).flatMap(([name, changes]): [string, StageChanges][] => {
        const path = ['ramp', 'stages', index, name];
        const step = steps.find((one) => one.name === name);
        if (step === undefined) {
          mistakes.push({ path, message: `expected the name of a step${orNearest(name, names)}` });
          return [];
        }
        const result = resolveChanges(changes, step, known);
        for (const mistake of result.mistakes)
          mistakes.push({ ...mistake, path: [...path, ...mistake.path] });
        return [[name, result.changes]];
      }),
    ),
  );
  return { stages: resolved, mistakes: [...mistakes, ...shrinking(resolved, steps)] };
}

function resolveChanges(
  { select, parameters, duration, observe }: Ramp['stages'][number][string],
  step: MethodStep,
  known: Known,
): { readonly changes: StageChanges; readonly mistakes: readonly FileMistake[] } {
  const fault = known.faults.get(step.fault.name) as Fault;
  const wrong = fault.lasts ? 'observe' : 'duration';
  if ((fault.lasts ? observe : duration) !== undefined) {
    const message = `expected ${fault.lasts ? 'duration' : 'observe'} instead, as in the method`;
    return { changes: {}, mistakes: [{ path: [wrong], message }] };
  }
  const holdMs = duration ?? observe;
  const { minutes: _, ...own } = Object(step.fault.parameters);
  const choice = chooseFault(
    fault,
    { parameters: { ...own, ...parameters }, holdMs: holdMs ?? step.holdMs },
    known,
  );
  if ('mistakes' in choice) return { changes: {}, mistakes: choice.mistakes };
  return {
    changes: {
      ...(select !== undefined && { select }),
      ...((parameters ?? holdMs) !== undefined && { parameters: Object(choice.fault.parameters) }),
      ...(holdMs !== undefined && { holdMs }),
    },
    mistakes: [],
  };
}

/** A ramp grows or stays: what a smaller stage would show, the larger one before it has shown. */
function shrinking(stages: readonly Stage[], steps: readonly MethodStep[]): readonly FileMistake[] {
  return steps.flatMap(({ name, target }) =>
    stages.flatMap((stage, index) => {
      const before = index === 0 ? undefined : (stages[index - 1]?.[name]?.select ?? target.select);
      const select = stage[name]?.select ?? target.select;
      if (before === undefined || !isLess(select, before)) return [];
      const path = ['ramp', 'stages', index, ...(stage[name]?.select === undefined ? [] : [name, 'select'])];
      const message = `expected at least as many targets of ${name} as in the stage before: ${selectText(before)}, not ${selectText(select)}`;
      return [{ path, message }];
    }),
  );
}

/** As far as that can be told before targets are found: a count and a share cannot be compared. */
function isLess(select: Select, before: Select): boolean {
  const [percent, percentBefore] = [percentOf(select), percentOf(before)];
  if (percent !== undefined && percentBefore !== undefined) return percent < percentBefore;
  if (before === 'all') return true;
  if (typeof select === 'object' && typeof before === 'object' && 'count' in select && 'count' in before) {
    return select.count < before.count;
  }
  return false;
}

function selectText(select: Select): string {
  if (select === 'all') return 'all';
  return 'count' in select ? `${select.count}` : `${select.percent} percent`;
}
