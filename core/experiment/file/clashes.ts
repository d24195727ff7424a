import type { Experiment, MethodStep, TargetSelection } from '../../model/experiment.ts';
import type { FaultRegistry } from '../../model/fault.ts';
import { countSelected } from '../engine/count-selected.ts';
import { stageMethod } from '../engine/stage-method.ts';
import { stepsAtOnce } from '../engine/steps-at-once.ts';
import type { FileMistake } from './choose-fault.ts';
import type { Known } from './known.ts';

/**
 * Lasting faults that would change the same thing of the same target at once, as far as the names in the file tell: the second is not
 * injected, once the first is in place. What is selected by tags is found out where targets are looked for.
 */
export function clashMistakes(
  experiment: Pick<Experiment, 'method' | 'stages'>,
  { faults, kinds }: Pick<Known, 'faults' | 'kinds'>,
): readonly FileMistake[] {
  const { method, stages } = experiment;
  // What is in a group of many, no file names.
  const lone = new Set(kinds.flatMap(({ groupKinds, isLone }) => (isLone === true ? groupKinds : [])));
  const clashes = new Map<string, FileMistake>();
  for (const [index] of stages.entries()) {
    for (const [first, second] of stepsAtOnce(stageMethod(experiment, index + 1))) {
      const shared = sharedNames(first.target, second.target);
      if (shared.length === 0 || !lone.has(first.target.kind) || !changeTheSame(first, second, faults))
        continue;
      if (!mayMeet(first.target, second.target, shared)) continue;
      const path = ['method', method.findIndex(({ name }) => name === second.name), 'startAfter'];
      const stage = stages.length > 1 ? ` in stage ${index + 1}` : '';
      const message =
        `expected ${second.name} to start after ${first.name}, or other targets: both are in place at once${stage}, and ` +
        `${first.fault.name} and ${second.fault.name} change the same thing of ${shared.join(', ')}`;
      const key = JSON.stringify([first.name, second.name]);
      if (!clashes.has(key)) clashes.set(key, { path, message });
    }
  }
  return [...clashes.values()];
}

/** Whatever a lasting fault changes is its own until it is undone. */
function changeTheSame(first: MethodStep, second: MethodStep, faults: FaultRegistry): boolean {
  const [one, other] = [first, second].map(({ fault }) => faults.get(fault.name));
  if (one?.lasts !== true || other?.lasts !== true || one.kind !== other.kind) return false;
  const changed = new Set(changedBy(one));
  return changedBy(other).some((type) => changed.has(type));
}

/** The types of resource that injecting it is granted. */
function changedBy({ permissions }: NonNullable<ReturnType<FaultRegistry['get']>>): readonly string[] {
  return permissions.flatMap(({ on, phases }) =>
    on !== undefined && phases?.includes('inject') === true ? [on] : [],
  );
}

/** Those of the second that the first may strike as well. */
function sharedNames(first: TargetSelection, second: TargetSelection): readonly string[] {
  const isElsewhere =
    first.kind !== second.kind ||
    isDisjoint(first.accounts, second.accounts) ||
    isDisjoint(first.regions, second.regions) ||
    Object.entries(first.tags ?? {}).some(([key, value]) => (second.tags?.[key] ?? value) !== value);
  if (isElsewhere) return [];
  return (second.names ?? []).filter((name) => first.names?.some((other) => isSame(name, other)));
}

/** Also where it takes bad luck: what a run does must not hang on a draw. */
function mayMeet(first: TargetSelection, second: TargetSelection, shared: readonly string[]): boolean {
  const [all = 0, others = 0] = [second, first].map(({ names }) => names?.length);
  const taken = Math.min(shared.length, countSelected(first.select, others));
  return countSelected(second.select, all) > all - taken;
}

function isDisjoint(some: readonly string[] = [], others: readonly string[] = []): boolean {
  return some.length > 0 && others.length > 0 && !some.some((one) => others.includes(one));
}

/** A name, or the key of a group: `222222222222/eu-west-1/function/listImages`. */
function isSame(name: string, other: string): boolean {
  const nameOf = (key: string) => /^\d{12}\/[^/]+\/[^/]+\/(.+)$/s.exec(key)?.[1];
  return name === other || nameOf(name) === other || nameOf(other) === name;
}
