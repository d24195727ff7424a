import type { InspectedInstance, InstanceGroup } from './model.ts';

/** Merges EC2's view into a group: a member that is not running in EC2 is not healthy, whatever its group says. */
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
