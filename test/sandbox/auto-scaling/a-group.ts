import type { AutoScalingGroupSeed } from '#sandbox/auto-scaling/group-seed.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { DisruptableSandbox } from '../../support/disruptions.ts';

const timings = {
  pendingMs: 10,
  stoppingMs: 10,
  shuttingDownMs: 10,
  healthCheckMs: 100,
  replacementMs: 50,
  launchRetryMs: 200,
};

export const minute = 60_000;

/** A group on a clock of its own, in which everything takes milliseconds. */
export function aGroup(seed: Partial<AutoScalingGroupSeed> = {}) {
  const clock = new VirtualClock({ startsAt: 86_400_000 });
  const region = new DisruptableSandbox({
    clock,
    caller: { account: '111111111111', roleName: 'monkey' },
    timings,
  })
    .account('222222222222')
    .region('eu-west-1');
  const group = region.autoScalingGroup({ name: 'web', desired: 3, tags: { app: 'web' }, ...seed });
  const members = () => {
    region.groupsAt(clock.now());
    return group.members.map((member) => ({
      id: member.instance.id,
      zone: member.instance.zone,
      lifecycle: group.lifecycleOf(member, clock.now()),
      health: member.health,
      state: member.instance.stateAt(clock.now()),
    }));
  };
  const first = group.members[0]?.instance;
  if (first === undefined) throw new Error('an empty group');
  /** `Launching... Successful`, newest first. */
  const activities = () => {
    region.groupsAt(clock.now());
    return group
      .activitiesAt(clock.now())
      .map(({ description, status }) => `${description.split(' ')[0]} ${status}`);
  };
  return { clock, region, group, members, activities, first };
}
