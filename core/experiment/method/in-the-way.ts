import type { Experiment, Select } from '../../model/experiment.ts';
import type { RunContext } from '../../model/run-context.ts';
import type { World } from '../../ports/world.ts';
import { stageMethod } from '../engine/stage-method.ts';
import { stepsAtOnce } from '../engine/steps-at-once.ts';
import { findClashes, type LookedStep } from './find-clashes.ts';
import { lookAtStep } from './resolve-step.ts';

/** For all of it: the lease is not renewed meanwhile, and what it misses is found as it is injected. */
const lookMs = 30_000;

/**
 * Why what is in place at once could not all be injected, before any of it is. Only the last stage is looked at: none before
 * strikes more.
 */
export async function whyInTheWay(
  experiment: Pick<Experiment, 'method' | 'stages'>,
  runId: string,
  world: World,
): Promise<string | undefined> {
  const stage = experiment.stages.length;
  const method = stageMethod(experiment, stage);
  // One target after another: each step sees for itself what is in its way.
  if (stepsAtOnce(method).length === 0 && method.every(({ target }) => isOne(target.select)))
    return undefined;
  const deadline = world.clock.now() + lookMs;
  const run: RunContext = { runId, deadline, surveyBy: deadline };
  const control = await world.ledger.control();
  const looked: LookedStep[] = [];
  for (const step of method) {
    const { resolved, ready } = await lookAtStep(step, { id: runId, stage }, run, control, world);
    looked.push({ step, wanted: resolved.wanted, ready });
  }
  const [clash] = findClashes(looked, world.config);
  return clash && `step ${clash.step}: ${clash.text}`;
}

function isOne(select: Select): boolean {
  return typeof select === 'object' && 'count' in select && select.count === 1;
}
