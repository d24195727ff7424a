import type { InspectedInstance, InstanceGroup } from './model.ts';

/** A group with EC2's view merged into it: a member that EC2 does not call running is not healthy, whatever its group says. */
export function withEc2State(
  group: InstanceGroup,
  instances: readonly Pick<InspectedInstance, 'instanceId' | 'state'>[],
): InstanceGroup {
  const byId = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return {
    ...group,
    members: group.members.map((member) => {
      const state = byId.get(member.instanceId)?.state;
      if (!member.healthy || state === 'running') return member;
      return { ...member, healthy: false, state: `${member.state}, but ${state ?? 'unknown'} in EC2` };
    }),
  };
}
