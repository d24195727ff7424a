import type { MethodStep } from '../../model/experiment.ts';
import { orNearest } from '../../util/nearest.ts';
import type { FileMistake } from './choose-fault.ts';
import type { ParsedStep } from './step-schema.ts';

/** In the order of the list, where a step does not say what it starts after. */
export function inOrder(steps: readonly ParsedStep[]): readonly MethodStep[] {
  return steps.map(({ startAfter, ...step }, index) => ({
    ...step,
    startAfter:
      startAfter ??
      steps
        .slice(0, index)
        .slice(-1)
        .map(({ name }) => name),
  }));
}

/** What no order could satisfy. */
export function orderMistakes(steps: readonly MethodStep[]): readonly FileMistake[] {
  const names = steps.map(({ name }) => name);
  const unknown = steps.flatMap(({ startAfter }, index) =>
    startAfter.flatMap((name, at) =>
      names.includes(name)
        ? []
        : [
            {
              path: ['method', index, 'startAfter', at],
              message: `expected the name of a step${orNearest(name, names)}`,
            },
          ],
    ),
  );
  if (unknown.length > 0) return unknown;
  const ready = new Set<string>();
  for (const _ of steps) {
    for (const { name, startAfter } of steps) if (startAfter.every((one) => ready.has(one))) ready.add(name);
  }
  return steps.flatMap(({ name, startAfter }, index) =>
    ready.has(name)
      ? []
      : [
          {
            path: ['method', index, 'startAfter'],
            message: `expected steps that can begin before ${name}: ${startAfter.join(', ')} would wait for it`,
          },
        ],
  );
}
