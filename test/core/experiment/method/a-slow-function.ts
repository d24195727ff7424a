import type { Experiment } from '#core/model/experiment.ts';
import { anExperiment } from '../engine/an-experiment.ts';
import type { aLambdaWorld } from './a-lambda-world.ts';

export type LambdaWorld = Awaited<ReturnType<typeof aLambdaWorld>>;

export const beside = { over: new AbortController().signal, struck: () => {} };

/** One step, a minute of latency. */
export function slowFunctions(select: Experiment['method'][number]['target']['select']): Experiment {
  return anExperiment({
    method: [
      {
        ...{ name: 'slow', target: { kind: 'function', select }, holdMs: 60_000, startAfter: [] },
        fault: { name: 'lambda-latency', parameters: { ms: 300, maxMs: null, percent: 100, minutes: 3 } },
      },
    ],
  });
}
