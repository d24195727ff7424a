import type { Candidate } from '../guards/guard.ts';
import type { Reason } from '../model/decision.ts';
import type { ChosenFault, FaultRegistry } from '../model/fault.ts';
import type { Group, InspectedInstance, Protection } from '../model/group.ts';
import type { Target } from '../model/target.ts';
import type { Lookup } from '../util/lookup.ts';

/** The group's members in both views, with all that is known of each. */
export function candidatesOf(
  group: Group,
  instances: readonly InspectedInstance[],
  protections: ReadonlyMap<string, Lookup<readonly Protection[]>>,
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
