import * as z from 'zod';
import type { MethodStep } from '../../model/experiment.ts';
import { Failure } from '../../model/failure.ts';
import { ExperimentReport } from '../../reports/experiment-report.ts';
import { counted } from '../../util/format.ts';
import type { Chronicle } from './chronicle.ts';
import type { Ending } from './endings.ts';
import type { Host } from './host.ts';
import { holdLease } from './lease.ts';
import type { ExperimentPorts } from './ports.ts';
import { ResolvedStep } from './resolved-step.ts';
import { stepNames } from './step-names.ts';
import { whyNotAsMany } from './why-not-as-many.ts';

const Injected = z.object({
  /** Epoch ms from which all of it is in effect. */
  at: z.number(),
  strikes: ExperimentReport.shape.strikes,
  failures: z.array(Failure),
  /** Who has stopped it meanwhile: nothing was struck. */
  stopped: z.string().exactOptional(),
});

export interface InjectParts extends Pick<ExperimentPorts, 'clock' | 'method' | 'control'> {
  readonly host: Host;
  readonly chronicle: Chronicle;
  readonly rehearsal: boolean;
}

export interface InEffect {
  /** Epoch ms. */
  readonly at: number;
  /** The entries that undo it; none of a fault that is done once. */
  readonly undos: readonly string[];
}

/** Strikes what a step names, all of it or, as far as anybody can help it, nothing. What was struck anyway is in the chronicle. */
export async function injectStep(
  step: MethodStep,
  stage: number,
  { host, clock, method, chronicle, control, rehearsal }: InjectParts,
): Promise<InEffect | Ending> {
  const failed = (why: string, at: number): Ending => ({
    is: 'failed',
    why: `step ${step.name}: ${why}`,
    at,
  });
  const resolved = await host.step(stepNames.resolve(stage, step.name), ResolvedStep, async () => {
    await holdLease({ clock, control });
    return method.resolve(step, stage);
  });
  chronicle.failures.push(...resolved.failures);
  const chosen = resolved.rounds.flat().length;
  const unlike = whyNotAsMany(resolved, chronicle.reach.get(step.name)?.wanted);
  chronicle.reach.set(step.name, resolved);
  if (unlike !== undefined) return failed(unlike, resolved.at);
  const injected = await host.step(stepNames.inject(stage, step.name), Injected, async () => {
    if (rehearsal) return { at: clock.now(), strikes: [], failures: [] };
    await holdLease({ clock, control });
    const stopped = await control.stopped(true);
    if (stopped !== undefined) return { at: clock.now(), strikes: [], failures: [], stopped: stopped.by };
    const { strikes, failures } = await method.strike(step, resolved, stage);
    if (strikes.length > 0) await control.announce({ is: 'injected', strikes });
    return { at: clock.now(), strikes, failures };
  });
  if (injected.stopped !== undefined) return { is: 'aborted', by: injected.stopped, at: injected.at };
  chronicle.strikes.push(...injected.strikes);
  chronicle.failures.push(...injected.failures);
  for (const { group, target, fault, outcome, detail } of injected.strikes) {
    chronicle.addEvent(
      injected.at,
      'strike',
      `${fault.name} on ${target.id} of ${group}: ${outcome}, ${detail}`,
    );
  }
  const missed = injected.strikes.filter(({ outcome }) => outcome !== 'succeeded');
  const struck = injected.strikes.length - missed.length;
  if (!rehearsal && (missed.length > 0 || struck < chosen)) {
    const reasons = [
      ...missed.map(({ group, detail }) => `: ${group}: ${detail}`),
      ...injected.failures.map(({ message }) => `: ${message}`),
    ];
    const why = reasons[0] ?? '';
    return failed(`struck ${struck} of ${counted(chosen, 'target')}${why}`, injected.at);
  }
  return { at: injected.at, undos: injected.strikes.flatMap(({ undo }) => undo ?? []) };
}
