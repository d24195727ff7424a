import type { Experiment } from '../../model/experiment.ts';
import type { Failure } from '../../model/failure.ts';
import type { RunContext } from '../../model/run-context.ts';
import type { Order } from '../../model/strike.ts';
import { stageMethod } from '../engine/stage-method.ts';
import { whyNotAsMany } from '../engine/why-not-as-many.ts';
import { findClashes, type LookedStep } from '../method/find-clashes.ts';
import { lookAtStep } from '../method/resolve-step.ts';
import { refusedText, saysDenied } from './refused.ts';
import type { Finding, Findings, StepTargets, ValidationParts } from './validation.ts';

/** What each step would strike in each stage, and the strikes: one for each group and fault. */
export async function findTargets(
  experiment: Experiment,
  run: RunContext,
  { world, newSecret, isGuest }: ValidationParts,
): Promise<
  Findings & { readonly stages: readonly (readonly StepTargets[])[]; readonly orders: readonly Order[] }
> {
  // The ledger's own would be made where there is none, and this touches nothing.
  const control = { secret: newSecret() };
  const stages: StepTargets[][] = [];
  const orders = new Map<string, Order>();
  const wantedBefore = new Map<string, number>();
  const problems: Finding[] = [];
  const unchecked: Finding[] = [];
  for (const [index] of experiment.stages.entries()) {
    const stage = index + 1;
    const steps: StepTargets[] = [];
    const looked: LookedStep[] = [];
    const aboutStep = (step: string) =>
      `step ${step}${experiment.stages.length > 1 ? `, stage ${stage}` : ''}`;
    for (const step of stageMethod(experiment, stage)) {
      const about = aboutStep(step.name);
      const found = await lookAtStep(step, { id: run.runId, stage }, run, control, world);
      const { resolved, ready } = found;
      looked.push({ step, wanted: resolved.wanted, ready });
      steps.push({
        ...{ step: step.name, found: resolved.found, wanted: resolved.wanted, spared: resolved.spared },
        groups: [...new Set(resolved.rounds.flat())],
      });
      for (const { order, isDrawn } of ready) {
        if (isDrawn) orders.set(`${order.target.group} ${order.fault.name}`, order);
      }
      const refused = resolved.failures.filter((one) => isGuest && saysDenied(one.code, one.message));
      const why = whyNotAsMany(resolved, wantedBefore.get(step.name));
      wantedBefore.set(step.name, resolved.wanted);
      if (why !== undefined && refused.length === 0) problems.push({ about, text: why });
      const textOf = (one: Failure) =>
        isGuest && one.stage === 'assume-role' ? refusedText(one.account ?? '', one.code) : failureText(one);
      unchecked.push(...resolved.failures.map((one) => ({ about, text: textOf(one) })));
    }
    const clashes = findClashes(looked, world.config);
    problems.push(...clashes.map(({ step, text }) => ({ about: aboutStep(step), text })));
    stages.push(steps);
  }
  return { stages, orders: [...orders.values()], problems, unchecked: eachOnce(unchecked) };
}

export function failureText({ account, region, group, code, message }: Failure): string {
  const place = group ?? [account, region].filter((part) => part !== undefined).join('/');
  return `${place === '' ? '' : `${place}: `}${code}: ${message}`;
}

/** What several stages have in common is said of the first. */
function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.toReversed().map((one) => [one.text, one])).values()].toReversed();
}
