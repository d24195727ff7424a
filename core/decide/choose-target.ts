import type { Candidate } from '../guards/guard.ts';
import { groupGuards, inspectionGuards, instanceGuards } from '../guards/index.ts';
import { refusals, verdictsOf } from '../guards/verdicts.ts';
import { appOf } from '../ledger/budgets.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { ChosenFault, FaultRegistry } from '../model/fault.ts';
import {
  type Group,
  healthyCapacity,
  type InspectedInstance,
  type Inspection,
  type Protection,
} from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { Order } from '../model/strike.ts';
import type { Target } from '../model/target.ts';
import type { Lookup } from '../util/lookup.ts';
import { sparedByLedger } from './check-ledger.ts';
import { type DecisionContext, decideGroup, drawsFor, spared, sparedBy } from './decide-group.ts';
import { withEc2State } from './merge-ec2-state.ts';
import { refusalsOn, refusedBefore } from './refusals.ts';

/** What is known of a drawn group once it has been looked up. */
export interface LookedUp extends LedgerState {
  readonly looked: Inspection;
  /** What attributes protect instances from, by id, as far as it was asked. */
  readonly protections: ReadonlyMap<string, Lookup<readonly Protection[]>>;
}

/** A decision that stands, and for a strike the order that carries it out. */
export interface Chosen {
  readonly decision: Decision;
  readonly order: Order | undefined;
}

/**
 * Chooses the instance of a drawn group, now that it has been looked up. It is decided again as it is listed now: its tags
 * may have changed since the survey. What EC2 says is not running counts as unhealthy, and the group's guards are asked again;
 * of the instances that no guard spares each is equally likely.
 */
export function chooseTarget(listed: Decision, inspected: LookedUp, grounds: DecisionContext): Chosen {
  const { looked, record, protections } = inspected;
  const { context, faults } = grounds;
  if (looked.group === undefined) {
    return { decision: spared(listed, gone.code, gone.text), order: undefined };
  }
  const { drawn, decision } = decideGroup(looked.group, grounds);
  if (drawn === undefined) return { decision, order: undefined };
  const spare = (code: string, text: string): Chosen => ({
    order: undefined,
    decision: spared(decision, code, text),
  });
  const { fault, rate } = drawn;
  const group = withEc2State(drawn.group, looked.instances);
  const refused =
    sparedByLedger(drawn, decision, inspected, grounds) ??
    sparedBy(decision, [
      ...verdictsOf(groupGuards, group, context),
      ...verdictsOf(inspectionGuards, { group, looked }, context),
    ]);
  if (refused !== undefined) return { decision: refused, order: undefined };

  const refusedToday = refusalsOn(context.day, record, grounds.slot);
  const eligible: Target[] = [];
  const ineligible: (Reason & { readonly isUp: boolean })[] = [];
  for (const candidate of candidatesOf(group, looked.instances, protections)) {
    const { member, instance } = candidate;
    const target = instance && targetOf(group, member.zone, instance);
    const refusal =
      refusals(verdictsOf(instanceGuards, candidate, context))[0] ??
      (instance && target && unfitFor(instance, target, fault, faults)) ??
      refusedBefore(refusedToday, member.instanceId);
    if (refusal !== undefined) {
      const text = `${member.instanceId}: ${refusal.text}`;
      ineligible.push({ code: refusal.code, text, isUp: member.healthy });
    } else if (target !== undefined) {
      eligible.push(target);
    }
  }
  const ids = eligible.map(({ id }) => id);
  const chosen = drawsFor(rate, grounds).oneOf('instance', group.key, ids);
  const target = eligible.find(({ id }) => id === chosen);
  if (target === undefined) {
    // Healthy but ineligible instances speak for the group: those that are down are not what keeps it from being struck.
    const code = (ineligible.find(({ isUp }) => isUp) ?? ineligible[0])?.code;
    return spare(code ?? 'instance-not-in-service', `no instance is eligible: ${shortList(ineligible)}`);
  }
  return {
    decision,
    order: {
      target,
      fault,
      app: appOf(group, context.config),
      healthy: healthyCapacity(group),
      // Refused by a guard where it is not known.
      version: record.ok ? record.value.version : 0,
    },
  };
}

/** Why a group is spared that the survey has listed, and that was not there any more when it was looked up. */
export const gone: Reason = { code: 'gone', text: 'it was gone when it was looked up' };

/** The group's members in both views, with all that is known of each. */
export function candidatesOf(
  group: Group,
  instances: readonly InspectedInstance[],
  protections: LookedUp['protections'],
): readonly Candidate[] {
  const byId = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return group.members.map((member) => ({
    group,
    member,
    instance: byId.get(member.instanceId),
    protections: protections.get(member.instanceId),
  }));
}

/** Why a fault can never be done to an instance; undefined if it can. */
export function unfitFor(
  instance: InspectedInstance,
  target: Target,
  { name, parameters }: ChosenFault,
  faults: FaultRegistry,
): Reason | undefined {
  const unfit = faults.get(name)?.unfit?.(target, instance, parameters);
  return unfit === undefined ? undefined : { code: 'fault-unfit', text: `${name}: ${unfit}` };
}

export function targetOf(group: Group, zone: string, { instanceId, arn }: InspectedInstance): Target {
  return {
    kind: 'ec2-instance',
    id: instanceId,
    arns: { instance: arn, ...(group.arn !== undefined && { autoScalingGroup: group.arn }) },
    account: group.account,
    region: group.region,
    group: group.key,
    facts: { zone, ...(group.kind === 'asg' && { autoScalingGroup: group.name }) },
  };
}

function shortList(reasons: readonly Reason[]): string {
  const shown = reasons
    .slice(0, 5)
    .map(({ text }) => text)
    .join('; ');
  return reasons.length > 5 ? `${shown}; and ${reasons.length - 5} more` : shown;
}
