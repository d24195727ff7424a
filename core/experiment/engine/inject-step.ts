import * as z from 'zod';
import type { MethodStep } from '../../model/experiment.ts';
import { Failure } from '../../model/failure.ts';
import { ExperimentReport } from '../../reports/experiment-report.ts';
import { counted } from '../../util/format.ts';
import type { Parsed } from '../../util/parse.ts';
import { unsteadyText } from './ending-texts.ts';
import type { Ending } from './endings.ts';
import { holdLease } from './lease.ts';
import type { ExperimentPorts } from './ports.ts';
import { ResolvedStep } from './resolved-step.ts';
import { endingOf } from './segment-ending.ts';
import { type ActiveFault, addBeside, type BesideParts, stepBeside } from './step-beside.ts';
import { stepNames } from './step-names.ts';
import type { Watch } from './watch-segment.ts';
import { unlessOver } from './when-over.ts';
import { whyNotAsMany } from './why-not-as-many.ts';

/** Nothing where it was over before. */
const Looked = z.object({ resolved: ResolvedStep.exactOptional() });

const Injected = z.object({
  /** Epoch ms from which some of it is in effect; absent where nothing was struck. */
  from: z.number().exactOptional(),
  /** From which all of it is. */
  at: z.number(),
  strikes: ExperimentReport.shape.strikes,
  failures: z.array(Failure),
  /** Who has stopped it meanwhile: nothing was struck. */
  stopped: z.string().exactOptional(),
  /** Which probe is not steady any more: nothing was struck. */
  unsteady: z.object({ probe: z.string(), why: z.string() }).exactOptional(),
});

export interface InjectParts extends BesideParts, Pick<ExperimentPorts, 'control' | 'showsAfterMs'> {
  readonly rehearsal: boolean;
}

export interface InEffect {
  /** Epoch ms. */
  readonly at: number;
  /** The entries that undo it; none of a fault that is done once. */
  readonly undos: readonly string[];
}

/**
 * Strikes what a step names, all of it or, as far as anybody can help it, nothing. What was struck anyway is in the chronicle. `active`:
 * what is in place meanwhile.
 */
export async function injectStep(
  step: MethodStep,
  stage: number,
  active: readonly ActiveFault[],
  parts: InjectParts,
): Promise<InEffect | Ending> {
  const { chronicle, course, method, rehearsal } = parts;
  const failed = (why: string, at: number): Ending => ({
    is: 'failed',
    why: `step ${step.name}: ${why}`,
    at,
  });
  const looked = await stepBeside(
    stepNames.resolve(stage, step.name),
    Looked,
    active,
    parts,
    async ({ over }) => {
      const resolved = await unlessOver(over, method.resolve(step, stage));
      return resolved === undefined ? {} : { resolved };
    },
  );
  addBeside(looked.segment, stage, undefined, parts);
  const { resolved } = looked.result;
  const before = endingOf(looked.segment.ended, course);
  if (before !== undefined) return before;
  if (resolved === undefined) return failed('its targets were not looked for', course.at);
  chronicle.failures.push(...resolved.failures);
  const chosen = resolved.rounds.flat().length;
  const unlike = whyNotAsMany(resolved, chronicle.reach.get(step.name)?.wanted);
  chronicle.reach.set(step.name, resolved);
  if (unlike !== undefined) return failed(unlike, resolved.at);

  course.isStriking = true;
  const { segment, result: injected } = await stepBeside(
    stepNames.inject(stage, step.name),
    Injected,
    active,
    parts,
    (watch) => strike(step, resolved, stage, watch, parts),
  );
  course.isStriking = false;
  const { from, at, strikes, failures, stopped, unsteady } = injected;
  addBeside(segment, stage, from, parts);
  if (from !== undefined) {
    const shownFrom = at + parts.showsAfterMs(step.fault.name);
    course.effects.push({ from, shownFrom, to: at + step.holdMs });
  }
  chronicle.strikes.push(...strikes);
  chronicle.failures.push(...failures);
  for (const { group, target, fault, outcome, detail } of strikes) {
    chronicle.addEvent(at, 'strike', `${fault.name} on ${target.id} of ${group}: ${outcome}, ${detail}`);
  }
  if (stopped !== undefined) return { is: 'aborted', by: stopped, at };
  if (unsteady !== undefined) return { is: 'not-steady', ...unsteady, at };
  const ended = endingOf(segment.ended, course);
  if (ended !== undefined) return ended;
  const missed = strikes.filter(({ outcome }) => outcome !== 'succeeded');
  const struck = strikes.length - missed.length;
  if (!rehearsal && (missed.length > 0 || struck < chosen)) {
    const reasons = [
      ...missed.map(({ group, detail }) => `: ${group}: ${detail}`),
      ...failures.map(({ message }) => `: ${message}`),
    ];
    const why = reasons[0] ?? '';
    return failed(`struck ${struck} of ${counted(chosen, 'target')}${why}`, at);
  }
  return { at, undos: strikes.flatMap(({ undo }) => undo ?? []) };
}

async function strike(
  step: MethodStep,
  resolved: ResolvedStep,
  stage: number,
  { over, unsteady, leaveBaseline, begin }: Watch,
  { clock, method, control, rehearsal }: InjectParts,
): Promise<Parsed<typeof Injected>> {
  let from: number | undefined;
  const struck = () => {
    if (from !== undefined) return;
    from = clock.now();
    begin(from);
  };
  const nothing = () => ({ at: clock.now(), strikes: [], failures: [] });
  if (!rehearsal) {
    await unlessOver(over, holdLease({ clock, control }));
    const stopped = await unlessOver(over, control.stopped(true));
    if (stopped !== undefined) return { ...nothing(), stopped: stopped.by };
    if (over.aborted) return nothing();
  }
  // As late as can be: the fault would be blamed for what broke while its targets were looked for.
  const found = unsteady();
  if (found !== undefined) {
    const why = unsteadyText(found.judgement, stage);
    return { ...nothing(), unsteady: { probe: found.probe, why } };
  }
  if (rehearsal) {
    struck();
    return { ...nothing(), ...(from !== undefined && { from }) };
  }
  leaveBaseline();
  // It has to come to its end, and what is in place does not wait for that: to undo what is being injected does no harm.
  const undo = () => void method.undo().catch(() => {});
  over.addEventListener('abort', undo, { once: true });
  const { strikes, failures } = await method
    .strike(step, resolved, stage, { over, struck })
    .finally(() => over.removeEventListener('abort', undo));
  const at = clock.now();
  if (strikes.some(({ outcome }) => outcome === 'succeeded' || outcome === 'unknown')) struck();
  // Nobody waits until people are told: its time has begun.
  if (strikes.length > 0) void control.announce({ is: 'injected', strikes });
  return { at, strikes, failures, ...(from !== undefined && { from }) };
}
