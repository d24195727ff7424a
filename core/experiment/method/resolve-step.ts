import { makeCalendar } from '../../calendar/make-calendar.ts';
import { scopeAccounts } from '../../config/scope-accounts.ts';
import { type DecisionContext, makeDecisionContext } from '../../decide/decision-context.ts';
import { evaluate } from '../../decide/evaluate.ts';
import type { ControlRecord } from '../../model/control-record.ts';
import type { MethodStep, TargetSelection } from '../../model/experiment.ts';
import { experimentSlot, experimentSlots } from '../../model/experiment-slot.ts';
import type { Group } from '../../model/group.ts';
import { orFallback } from '../../model/partial-result.ts';
import type { RunContext } from '../../model/run-context.ts';
import { findKind } from '../../ports/kind.ts';
import type { World } from '../../ports/world.ts';
import { type EvaluatedGroup, inspectDrawn, isReadyToStrike } from '../../run/inspect-drawn.ts';
import { available } from '../../util/lookup.ts';
import { countSelected } from '../engine/count-selected.ts';
import type { ResolvedStep } from '../engine/resolved-step.ts';
import type { ReadyGroup } from './find-clashes.ts';
import { type Eligible, selectRounds } from './select-rounds.ts';

export interface ExperimentPlace {
  readonly id: string;
  readonly stage: number;
}

type Control = Pick<ControlRecord, 'secret'>;

/** Surveys and inspects what a step names, and draws its targets. Reads only. The same experiment and stage draw the same. */
export async function resolveStep(
  step: MethodStep,
  place: ExperimentPlace,
  run: RunContext,
  control: Control,
  world: World,
): Promise<ResolvedStep> {
  return (await lookAtStep(step, place, run, control, world)).resolved;
}

/** The same, with the strikes that the groups would get: one of each, for the target that was chosen now. */
export async function lookAtStep(
  step: MethodStep,
  place: ExperimentPlace,
  run: RunContext,
  control: Control,
  world: World,
): Promise<{ readonly resolved: ResolvedStep; readonly ready: readonly ReadyGroup[] }> {
  const context = await contextOf(step, place, 0, control, world);
  const matches = makeMatcher(step.target);
  const accounts = scopeAccounts(step.target, world.config.accounts);
  const { value: survey, failures } = await orFallback(
    'survey',
    { seen: [], regionsSurveyed: 0 },
    world.fleet.survey(accounts, run, (group) =>
      matches(group) ? [{ group, ...evaluate(group, {}, context) }] : [],
    ),
  );
  const listed = survey.seen.flat();
  const drawn = listed.filter(({ missing }) => missing !== undefined);
  const inspected = await inspectDrawn(drawn, context, run, world);
  const spared = [
    ...listed.filter(({ missing }) => missing === undefined),
    ...inspected.value.filter((one) => !isReadyToStrike(one)),
  ].map(({ decision }) => decision);
  const ready = inspected.value.filter(isReadyToStrike);
  const eligible = ready.map((one) => eligibleOf(one, context));
  const found = eligible.reduce((sum, { targets }) => sum + targets, 0);
  const wanted = countSelected(step.target.select, found);
  const rounds = selectRounds(eligible, wanted, context.draws.slot).map((round) => [...round]);
  const isDrawn = new Set(rounds.flat());
  return {
    resolved: {
      ...{ step: step.name, at: world.clock.now(), found, wanted, spared, rounds },
      allowed: countSelected({ percent: world.config.experiments.maxPercent }, found),
      failures: [...failures, ...inspected.failures],
    },
    ready: ready.flatMap(({ group, order }, index) =>
      order === undefined
        ? []
        : [{ order, targets: eligible[index]?.targets ?? 0, isDrawn: isDrawn.has(group.key) }],
    ),
  };
}

function eligibleOf(
  { group, evidence: { inspection } }: EvaluatedGroup,
  { kinds }: DecisionContext,
): Eligible {
  const kind = findKind(kinds, group);
  const current = inspection === undefined ? group : kind.inspected(group, inspection);
  const healthy = kind.candidates(current, inspection).filter((one) => one.healthy);
  return { group: group.key, targets: healthy.length };
}

function makeMatcher({ kind, names, tags = {} }: TargetSelection): (group: Group) => boolean {
  return (group) =>
    group.kind === kind &&
    (names === undefined || names.includes(group.name) || names.includes(group.key)) &&
    Object.entries(tags).every(([key, value]) => group.tags[key] === value);
}

/** What the strikes of one round of a step are decided on. */
export async function contextOf(
  { name, fault }: Pick<MethodStep, 'name' | 'fault'>,
  { id, stage }: ExperimentPlace,
  round: number,
  { secret }: Control,
  { config, faults, kinds, clock, ledger }: Pick<World, 'config' | 'faults' | 'kinds' | 'clock' | 'ledger'>,
): Promise<DecisionContext> {
  const calendar = makeCalendar(config);
  const now = clock.now();
  const { found, unreadable } = await ledger.openStrikes();
  return makeDecisionContext({
    ...{ config, calendar, now, faults, kinds, secret, unreadable },
    day: calendar.dayOf(now),
    open: available(found),
    request: { force: true, fault },
    slot: { id: experimentSlot(id, stage, name, round), at: now },
    ownSlots: experimentSlots(id),
  });
}
