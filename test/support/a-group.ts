import { groupKey } from '#core/model/group.ts';
import type { InspectedInstance, InstanceGroup, Member } from '#targets/instances/model.ts';

const optIn = { 'chaos:opt-in': 'true' };

/** A healthy, opted-in Auto Scaling group of three in one zone: with one in each of three, each would be the only one there. */
export function aGroup(overrides: Partial<InstanceGroup> = {}): InstanceGroup {
  const place = { account: '222222222222', region: 'eu-west-1', kind: 'asg', name: 'web' } as const;
  const named = { ...place, ...overrides };
  const isAsg = named.kind === 'asg';
  const members =
    overrides.members ??
    ['a', 'b', 'c'].map((letter) => aMember({ instanceId: `i-${named.name}-${letter}` }));
  return {
    ...place,
    key: groupKey(named),
    arn: isAsg
      ? `arn:aws:autoscaling:${named.region}:${named.account}:autoScalingGroup:0f1e:autoScalingGroupName/${named.name}`
      : undefined,
    tags: optIn,
    conflictingTags: [],
    desired: members.length,
    createdAt: isAsg ? Date.parse('2026-01-12T10:00:00Z') : undefined,
    suspendedProcesses: [],
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
    lifecycle: 'InService',
    protectedFromScaleIn: false,
    state: 'InService/Healthy',
    ...overrides,
  };
}

/** The group's members as EC2 shows them: running for weeks, and opted in. */
export function inspectionOf(
  { account, region, members }: InstanceGroup,
  overrides: (member: Member) => Partial<InspectedInstance> = () => ({}),
): readonly InspectedInstance[] {
  return members.map((member) => ({
    instanceId: member.instanceId,
    arn: `arn:aws:ec2:${region}:${account}:instance/${member.instanceId}`,
    state: 'running',
    launchedAt: Date.parse('2026-11-02T10:00:00Z'),
    tags: optIn,
    rootDevice: 'ebs',
    purchase: undefined,
    managedBy: undefined,
    ...overrides(member),
  }));
}
