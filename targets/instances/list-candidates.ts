import type { Candidate, Kind } from '#core/kinds/kind.ts';
import type { Target } from '#core/model/target.ts';
import type { InspectedInstance, InstanceGroup, InstanceTypes } from './model.ts';

/** The group's members, as seen by Auto Scaling and by EC2. */
export const listCandidates: Kind<InstanceTypes>['candidates'] = (group, inspection) => {
  const byId = new Map(inspection?.instances.map((instance) => [instance.instanceId, instance]));
  return group.members.map((member): Candidate<InstanceTypes> => {
    const { instanceId: id, zone, healthy } = member;
    const instance = byId.get(id);
    return {
      ...{ id, healthy, tags: instance?.tags ?? {} },
      target: instance && targetOf(group, zone, instance),
      evidence: { group, member, instance },
    };
  });
};

function targetOf(group: InstanceGroup, zone: string, instance: InspectedInstance): Target {
  const { instanceId, arn, rootDevice, purchase, managedBy } = instance;
  return {
    kind: 'ec2-instance',
    id: instanceId,
    arns: { instance: arn, ...(group.arn !== undefined && { autoScalingGroup: group.arn }) },
    account: group.account,
    region: group.region,
    group: group.key,
    facts: {
      zone,
      ...(group.kind === 'asg' && { autoScalingGroup: group.name }),
      ...(rootDevice === 'instance-store' && { rootDevice }),
      ...(purchase !== undefined && { purchase }),
      ...(managedBy !== undefined && { managedBy }),
    },
  };
}
