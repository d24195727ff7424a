import type { ProbeSpec } from '../../model/experiment.ts';
import type { FileMistake } from './choose-fault.ts';
import type { Known } from './known.ts';

interface Named {
  readonly name: string;
}

/** Those that have the name of one before them in the list, or of one of `others`. */
export function sameNames(
  path: readonly PropertyKey[],
  list: readonly Named[],
  others: readonly Named[] = [],
): readonly FileMistake[] {
  const names = [...others, ...list].map(({ name }) => name);
  return list.flatMap(({ name }, index) =>
    names.indexOf(name) === others.length + index
      ? []
      : [{ path: [...path, index, 'name'], message: 'expected a name of its own' }],
  );
}

/** Of all probes together, as it is one machine that measures, and often one service that is asked. */
export function rateMistakes(
  probes: readonly Pick<ProbeSpec, 'everyMs'>[],
  { maxSamplesPerSecond }: Known['config']['experiments'],
): readonly FileMistake[] {
  const rate = probes.reduce((sum, { everyMs }) => sum + 1_000 / everyMs, 0);
  if (rate <= maxSamplesPerSecond) return [];
  return [
    {
      path: ['steadyState', 'probes'],
      message:
        `expected at most ${maxSamplesPerSecond} samples a second of all probes together, as the configuration says ` +
        `(experiments.maxSamplesPerSecond), not ${Number(rate.toFixed(1))}`,
    },
  ];
}
