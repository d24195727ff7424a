import type { ProbeSpec } from '../../model/experiment.ts';
import { mostInFlight } from '../../ports/probe.ts';
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

/** Of all probes together, while nothing answers: what cannot be asked then would be unmeasured, just when it matters. */
export function waitingMistakes(
  probes: readonly Pick<ProbeSpec, 'everyMs' | 'timeoutMs'>[],
): readonly FileMistake[] {
  const waiting = probes.reduce((sum, { everyMs, timeoutMs }) => sum + Math.ceil(timeoutMs / everyMs), 0);
  if (waiting <= mostInFlight) return [];
  return [
    {
      path: ['steadyState', 'probes'],
      message:
        `expected at most ${mostInFlight} samples that wait for an answer, of all probes together (timeout / every), ` +
        `not ${waiting}: a shorter timeout helps`,
    },
  ];
}
