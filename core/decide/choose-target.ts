import { checkGuards, type GuardVerdict, listRefusals } from '../guards/check-guards.ts';
import { selectGuards } from '../guards/guard.ts';
import { noneEligible } from '../guards/shared/unchecked.ts';
import { readApp } from '../ledger/budgets.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { Refusal } from '../model/group-record.ts';
import type { KnownOthers, KnownPreparation } from '../model/known-others.ts';
import type { OtherHit } from '../model/strike.ts';
import type { Target } from '../model/target.ts';
import { type Candidate, findKind, type Kind } from '../ports/kind.ts';
import { available, type Lookup } from '../util/lookup.ts';
import { othersVerdicts } from './check-others.ts';
import type { DecisionContext } from './decision-context.ts';
import type { Evaluation, Evidence, Preparations, Protections } from './evidence.ts';
import { refusedBefore, refusedToday } from './refusals.ts';
import { drawsFor, type Intent } from './resolve-intent.ts';
import { spareGroup } from './spare-group.ts';

/**
 * For how many targets of a group protections are read. Each takes a call, one after another: a group with 400 protected targets,
 * or one whose calls are throttled, would use up the time of all others.
 */
const mostAsks = 5;

/** Chooses the target to strike: each target that nothing spares is equally likely. */
export function chooseTarget(
  group: Group,
  { rate, fault }: Intent,
  decision: Decision,
  {
    ledger,
    inspection,
    protections,
    preparations,
  }: Required<{ [K in keyof Evidence]: NonNullable<Evidence[K]> }>,
  context: DecisionContext,
): Pick<Evaluation, 'decision' | 'missing' | 'order'> {
  const { record } = ledger;
  const kind = findKind(context.kinds, group);
  const refused = refusedToday(record, context);
  const eligible: Target[] = [];
  const ineligible: (Reason & { readonly isUp: boolean })[] = [];
  for (const candidate of kind.candidates(group, inspection)) {
    const { id, healthy, target } = candidate;
    const [refusal] = listRefusals(
      candidateVerdicts(candidate, { kind, fault, refused, protections, preparations }, context),
    );
    if (refusal !== undefined) {
      ineligible.push({ code: refusal.code, text: `${id}: ${refusal.text}`, isUp: healthy });
    } else if (target !== undefined) {
      eligible.push(target);
    }
  }
  const ids = eligible.map(({ id }) => id);
  const chosen = drawsFor(rate, context).oneOf('target', group.key, ids);
  const target = eligible.find(({ id }) => id === chosen);
  if (target === undefined) {
    // A healthy but ineligible target explains best why the group is spared. Those that are down would be spared anyway.
    const { code } = ineligible.find(({ isUp }) => isUp) ?? ineligible[0] ?? { code: 'no-target' };
    return { decision: spareGroup(decision, { code, text: `${noneEligible}: ${shortList(ineligible)}` }) };
  }
  const order = {
    target,
    fault,
    app: readApp(group, context.config),
    healthy: kind.health(group).healthy,
    // If the record is unknown, a guard refuses.
    version: record.ok ? record.value.version : 0,
  };
  if (!protections.has(target.id)) {
    const enough = askedEnough(protections, kind, context);
    return enough === undefined
      ? { decision, order, missing: 'protections' }
      : { decision: spareGroup(decision, enough) };
  }
  if (context.faults.get(fault.name)?.lasts !== true) return { decision, order };
  const preparation = preparations.get(target.id);
  if (preparation?.ok === true && 'saved' in preparation.value) {
    const { known, ...prepared } = preparation.value;
    return { decision, order: { ...order, prepared, ...(known && { others: otherHits(known, context) }) } };
  }
  if (preparations.size < mostAsks) return { decision, order, missing: 'preparations' };
  const text = `${noneEligible}: ${shortList(ineligible)}; no more are asked`;
  return { decision: spareGroup(decision, { code: 'fault-unfit', text }) };
}

/** The case for and against striking one target: its guards, whether the fault fits it, and whether AWS has refused before. */
export function candidateVerdicts(
  { id, evidence, target }: Candidate,
  about: {
    readonly kind: Kind;
    readonly fault: ChosenFault | undefined;
    readonly refused: readonly Refusal[];
    readonly protections: Protections;
    readonly preparations: Preparations;
  },
  context: DecisionContext,
): readonly GuardVerdict[] {
  const { guards } = about.kind;
  const unfit = target && about.fault && unfitFor(target, about.fault, context);
  return [
    ...checkGuards(selectGuards(guards, 'candidate', 'target'), evidence, context),
    ...checkGuards(selectGuards(guards, 'protection'), { protections: about.protections.get(id) }, context),
    ...othersVerdictsOf(about.preparations.get(id), context),
    ...[unfit, unprepared(about.preparations.get(id)), refusedBefore(about.refused, id)].flatMap((reason) =>
      reason === undefined ? [] : [{ code: reason.code, passes: false, saw: reason.text }],
    ),
  ];
}

/** Why a fault can never be injected into a target; undefined if it can. */
function unfitFor(
  target: Target,
  { name, parameters }: ChosenFault,
  { faults }: Pick<DecisionContext, 'faults'>,
): Reason | undefined {
  const unfit = faults.get(name)?.unfit?.(target, parameters);
  return unfit === undefined ? undefined : { code: 'fault-unfit', text: `${name}: ${unfit}` };
}

/** Why a fault that lasts cannot be done to a target as it is now. */
function unprepared(preparation: Lookup<KnownPreparation> | undefined): Reason | undefined {
  if (preparation === undefined) return undefined;
  if (!preparation.ok) return { code: 'not-prepared', text: preparation.reason };
  return 'unfit' in preparation.value ? { code: 'fault-unfit', text: preparation.value.unfit } : undefined;
}

function othersVerdictsOf(
  preparation: Lookup<KnownPreparation> | undefined,
  context: DecisionContext,
): readonly GuardVerdict[] {
  const known = preparation?.ok === true ? preparation.value.known : undefined;
  return known === undefined ? [] : othersVerdicts(known, context);
}

function otherHits({ groups }: KnownOthers, { config }: DecisionContext): readonly OtherHit[] {
  return groups.map(({ group, record }) => ({
    ...{ group: group.key, account: group.account, region: group.region },
    app: readApp(group, config),
    // If the record is unknown, a guard refuses.
    version: record.ok ? record.value.version : 0,
  }));
}

/** Why no more targets of the group are asked what protects them; undefined while another one may be. */
function askedEnough(
  protections: Protections,
  { guards }: Kind,
  context: DecisionContext,
): Reason | undefined {
  const refusalOf = (known: Lookup<readonly string[]>): Reason | undefined =>
    listRefusals(checkGuards(selectGuards(guards, 'protection'), { protections: known }, context))[0];
  for (const [id, known] of protections) {
    // The next call would fail for the same reason.
    const refusal = known.ok ? undefined : refusalOf(known);
    if (refusal !== undefined) return { code: refusal.code, text: `${id}: ${refusal.text}` };
  }
  if (protections.size < mostAsks) return undefined;
  const from = [...new Set([...protections.values()].flatMap((known) => (known.ok ? known.value : [])))];
  const refusal = refusalOf(available(from));
  const text = `the ${protections.size} targets checked are protected from ${from.toSorted().join(' or ')}, and no more are checked`;
  return refusal && { code: refusal.code, text };
}

function shortList(reasons: readonly Reason[]): string {
  const shown = reasons
    .slice(0, 5)
    .map(({ text }) => text)
    .join('; ');
  return reasons.length > 5 ? `${shown}; and ${reasons.length - 5} more` : shown;
}
