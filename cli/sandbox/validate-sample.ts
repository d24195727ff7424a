import { newId, newSecret } from '#aws/new-ids.ts';
import { alarmReader } from '#aws/signals/alarm-reader.ts';
import { validateExperiment } from '#core/experiment/validation/validate-experiment.ts';
import type { Validation } from '#core/experiment/validation/validation.ts';
import type { Experiment } from '#core/model/experiment.ts';
import { runIdOf } from '#core/model/run-context.ts';
import { probeOf } from '#wiring/experiment-ports.ts';
import { startSample } from './start-sample.ts';

const timeMs = 60_000;

const permissions = { about: 'permissions', text: 'the sandbox allows everything' };

/** Looks at the sample, on this machine: starts what the probes ask, and ends it again. */
export async function validateSample(experiment: Experiment): Promise<Validation> {
  const { steadyState, observations } = experiment;
  // Each probe takes one sample, and every process that is started takes a third of a second of the processor.
  const mostAtOnce = steadyState.probes.length + observations.length;
  const sample = await startSample(experiment, { graceful: true, mostAtOnce });
  const { world, means, undoer } = sample;
  const now = world.clock.now();
  try {
    const found = await validateExperiment(
      sample.experiment,
      { runId: runIdOf(now, newId()), deadline: now + timeMs, surveyBy: now + timeMs },
      { ...{ world, means, undoer, probeOf, newSecret, isGuest: false }, alarms: alarmReader(means) },
    );
    return { ...found, unchecked: [...found.unchecked, permissions] };
  } finally {
    await sample.stop();
  }
}
