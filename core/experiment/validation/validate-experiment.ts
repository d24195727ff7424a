import { resolveLeash } from '../../config/resolve-leash.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { RunContext } from '../../model/run-context.ts';
import { checkAccess } from './check-access.ts';
import { findTargets } from './find-targets.ts';
import { readStopConditions } from './read-stop-conditions.ts';
import { sampleOnce } from './sample-once.ts';
import type { Findings, Validation, ValidationParts } from './validation.ts';

/** Looks at what a run would need now: targets, roles, probes, stop conditions. Injects nothing; each probe takes a sample, as in a run. */
export async function validateExperiment(
  experiment: Experiment,
  run: RunContext,
  parts: ValidationParts,
): Promise<Validation> {
  // Alone: a survey keeps this machine busy, and that would count as slowness of what is measured.
  const sampled = await sampleOnce(experiment, parts);
  const [targets, conditions] = await Promise.all([
    findTargets(experiment, run, parts),
    readStopConditions(experiment, parts),
  ]);
  const access = await checkAccess(targets.orders, run, parts);
  const all: readonly Findings[] = [leashFindings(parts), targets, access, sampled, conditions];
  return {
    stages: targets.stages,
    samples: sampled.samples,
    stopConditions: conditions.stopConditions,
    permissions: access.permissions,
    problems: all.flatMap(({ problems }) => problems),
    unchecked: all.flatMap(({ unchecked }) => unchecked),
  };
}

function leashFindings({ world: { config } }: ValidationParts): Findings {
  const leash = resolveLeash({ dryRun: false }, config, 'cli');
  if (leash.mode !== 'leashed') return { problems: [], unchecked: [] };
  return { problems: [{ about: 'leash', text: leash.because }], unchecked: [] };
}
