import type { Candidate, Kind } from '#core/kinds/kind.ts';
import type { Group, InspectedInstance } from '#core/model/group.ts';
import type { Target } from '#core/model/target.ts';

/** The group's members in both views, with all that is known of each. */
export const candidatesOf: Kind['candidates'] = (group, inspection, protections) => {
  const byId = new Map(inspection?.instances.map((instance) => [instance.instanceId, instance]));
  return group.members.map((member): Candidate => {
    const { instanceId: id, zone, healthy } = member;
    const instance = byId.get(id);
    return {
      ...{ id, healthy, tags: instance?.tags ?? {} },
      target: instance && targetOf(group, zone, instance),
      evidence: { group, member, instance, protections: protections?.get(id) },
    };
  });
};

function targetOf(group: Group, zone: string, { instanceId, arn }: InspectedInstance): Target {
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
