import { type Candidate, guardsOn } from '../guards/guard.ts';
import { type GuardVerdict, refusals, verdictsOf } from '../guards/verdicts.ts';
import { readApp } from '../ledger/budgets.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { ChosenFault } from '../model/fault.ts';
import { type Group, healthyCapacity, type Protection } from '../model/group.ts';
import type { Refusal } from '../model/group-record.ts';
import type { Target } from '../model/target.ts';
import { available, type Lookup } from '../util/lookup.ts';
import { candidatesOf, targetOf, unfitFor } from './candidates.ts';
import type { DecisionContext } from './decision-context.ts';
import type { Evaluation, Evidence } from './evidence.ts';
import { drawsFor, type Intent } from './intent.ts';
import { refusedBefore, refusedToday } from './refusals.ts';
import { spared } from './spare.ts';

type Protections = NonNullable<Evidence['protections']>;

/**
 * Instances of a group that are asked whether they are protected. Each is a call of its own, one after another: a group of 400
 * protected ones, or one where the call is throttled, would take the time of all others.
 */
const mostAsks = 5;

/** Chooses the instance to strike: of those that nothing spares, each is equally likely. */
export function chooseInstance(
  group: Group,
  { rate, fault }: Intent,
  decision: Decision,
  { ledger, inspection, protections }: Required<{ [K in keyof Evidence]: NonNullable<Evidence[K]> }>,
  context: DecisionContext,
): Pick<Evaluation, 'decision' | 'missing' | 'order'> {
  const { record } = ledger;
  const refused = refusedToday(record, context);
  const eligible: Target[] = [];
  const ineligible: (Reason & { readonly isUp: boolean })[] = [];
  for (const candidate of candidatesOf(group, inspection.instances, protections)) {
    const { member, instance } = candidate;
    const [refusal] = refusals(candidateVerdicts(candidate, fault, refused, context));
    if (refusal !== undefined) {
      const text = `${member.instanceId}: ${refusal.text}`;
      ineligible.push({ code: refusal.code, text, isUp: member.healthy });
    } else if (instance !== undefined) {
      eligible.push(targetOf(group, member.zone, instance));
    }
  }
  const ids = eligible.map(({ id }) => id);
  const chosen = drawsFor(rate, context).oneOf('instance', group.key, ids);
  const target = eligible.find(({ id }) => id === chosen);
  if (target === undefined) {
    // Healthy but ineligible instances speak for the group: those that are down are not what keeps it from being struck.
    const code = (ineligible.find(({ isUp }) => isUp) ?? ineligible[0])?.code;
    const text = `no instance is eligible: ${shortList(ineligible)}`;
    return { decision: spared(decision, { code: code ?? 'instance-not-in-service', text }) };
  }
  const order = {
    target,
    fault,
    app: readApp(group, context.config),
    healthy: healthyCapacity(group),
    // Refused by a guard where it is not known.
    version: record.ok ? record.value.version : 0,
  };
  if (protections.has(target.id)) return { decision, order };
  const enough = askedEnough(protections, context);
  return enough === undefined
    ? { decision, order, missing: 'protections' }
    : { decision: spared(decision, enough) };
}

/** What stands for and against striking one instance: its guards, and what the fault and AWS have against it. */
export function candidateVerdicts(
  candidate: Candidate,
  fault: ChosenFault | undefined,
  refused: readonly Refusal[],
  context: DecisionContext,
): readonly GuardVerdict[] {
  const { group, member, instance } = candidate;
  const unfit =
    fault === undefined || instance === undefined
      ? undefined
      : unfitFor(instance, targetOf(group, member.zone, instance), fault, context.faults);
  return [
    ...verdictsOf(guardsOn(context.guards, 'member', 'instance', 'protection'), candidate, context),
    ...[unfit, refusedBefore(refused, member.instanceId)].flatMap((reason) =>
      reason === undefined ? [] : [{ code: reason.code, passes: false, saw: reason.text }],
    ),
  ];
}

/** Why no more instances of the group are asked whether they are protected; undefined while another one may be. */
function askedEnough(protections: Protections, context: DecisionContext): Reason | undefined {
  const refusalOf = (known: Lookup<readonly Protection[]>): Reason | undefined =>
    refusals(verdictsOf(guardsOn(context.guards, 'protection'), { protections: known }, context))[0];
  for (const [instanceId, known] of protections) {
    // What kept this one from answering would keep the next.
    const refusal = known.ok ? undefined : refusalOf(known);
    if (refusal !== undefined) return { code: refusal.code, text: `${instanceId}: ${refusal.text}` };
  }
  if (protections.size < mostAsks) return undefined;
  const from = [...new Set([...protections.values()].flatMap((known) => (known.ok ? known.value : [])))];
  const refusal = refusalOf(available(from));
  const text = `${protections.size} instances asked are protected from ${from.toSorted().join(' or ')}, and no more are asked`;
  return refusal && { code: refusal.code, text };
}

function shortList(reasons: readonly Reason[]): string {
  const shown = reasons
    .slice(0, 5)
    .map(({ text }) => text)
    .join('; ');
  return reasons.length > 5 ? `${shown}; and ${reasons.length - 5} more` : shown;
}
