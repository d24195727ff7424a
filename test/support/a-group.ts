import { type Group, groupKey, type InspectedInstance, type Member } from '#core/group.ts';

const optIn = { 'chaos:opt-in': 'true' };

/** A healthy, opted-in Auto Scaling group of three in three zones. */
export function aGroup(overrides: Partial<Group> = {}): Group {
  const place = { account: '222222222222', region: 'eu-west-1', kind: 'asg', name: 'web' } as const;
  const named = { ...place, ...overrides };
  const members =
    overrides.members ??
    ['a', 'b', 'c'].map((zone) =>
      aMember({ instanceId: `i-${named.name}-${zone}`, zone: `eu-west-1${zone}` }),
    );
  return {
    ...place,
    key: groupKey(named),
    arn:
      named.kind === 'asg'
        ? `arn:aws:autoscaling:${named.region}:${named.account}:autoScalingGroup:0f1e:autoScalingGroupName/${named.name}`
        : undefined,
    tags: optIn,
    conflictingTags: [],
    desired: members.length,
    ...overrides,
    members,
  };
}

export function aMember(overrides: Partial<Member> = {}): Member {
  return {
    instanceId: 'i-0a',
    zone: 'eu-west-1a',
    capacity: 1,
    healthy: true,
    state: 'InService/Healthy',
    ...overrides,
  };
}

/** The group's members as EC2 shows them: running and opted in. */
export function inspectionOf(
  { account, region, members }: Group,
  overrides: (member: Member) => Partial<InspectedInstance> = () => ({}),
): readonly InspectedInstance[] {
  return members.map((member) => ({
    instanceId: member.instanceId,
    arn: `arn:aws:ec2:${region}:${account}:instance/${member.instanceId}`,
    state: 'running',
    tags: optIn,
    ...overrides(member),
  }));
}
