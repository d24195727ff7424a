import { describe, expect, test } from 'vitest';
import { aGroup } from './a-group.ts';

describe('an Auto Scaling group', () => {
  test('spreads its instances over its zones', () => {
    const { members } = aGroup({ desired: 4 });
    expect(members().map(({ zone }) => zone)).toEqual([
      'eu-west-1a',
      'eu-west-1b',
      'eu-west-1c',
      'eu-west-1a',
    ]);
  });

  test('notices, terminates and replaces in the same zone, each after its delay', async () => {
    const { clock, members, first } = aGroup();
    first.terminate(clock.now());
    await clock.advance(99);
    expect(members()[0]).toMatchObject({ id: first.id, lifecycle: 'InService', health: 'Healthy' });
    await clock.advance(1);
    expect(members()[0]).toMatchObject({ id: first.id, lifecycle: 'Terminating', health: 'Unhealthy' });
    await clock.advance(49);
    expect(members()).toHaveLength(3);
    expect(members()[0]?.id).toBe(first.id);
    await clock.advance(1);
    const pending = { lifecycle: 'Pending', health: 'Healthy', state: 'pending', zone: 'eu-west-1a' };
    expect(members()).toHaveLength(3);
    expect(members().map(({ id }) => id)).not.toContain(first.id);
    expect(members()[2]).toMatchObject(pending);
    await clock.advance(10);
    expect(members()[2]).toMatchObject({ ...pending, lifecycle: 'InService', state: 'running' });
  });

  test('launches in the zone with the fewest instances', async () => {
    const { clock, group, members } = aGroup({ desired: 6 });
    for (const member of group.members) {
      if (member.instance.zone === 'eu-west-1b') member.instance.terminate(clock.now());
    }
    await clock.advance(1_000);
    expect(
      members()
        .map(({ zone }) => zone)
        .toSorted(),
    ).toEqual(['a', 'a', 'b', 'b', 'c', 'c'].map((letter) => `eu-west-1${letter}`));
  });

  test('has the same result whether or not anybody looked meanwhile', async () => {
    const [watched, left] = [aGroup(), aGroup()];
    for (const { first, clock } of [watched, left]) first.terminate(clock.now());
    for (let step = 0; step < 200; step += 1) {
      await watched.clock.advance(1);
      watched.members();
    }
    await left.clock.advance(200);
    expect(left.members()).toEqual(watched.members());
    expect(left.region.instances()).toEqual(watched.region.instances());
  });

  test('terminates a stopped instance once it notices', async () => {
    const { clock, members, first } = aGroup();
    first.stop(clock.now());
    await clock.advance(99);
    expect(members()[0]).toMatchObject({ lifecycle: 'InService', state: 'stopped' });
    await clock.advance(1);
    expect(members()[0]).toMatchObject({ lifecycle: 'Terminating', state: 'shutting-down' });
    await clock.advance(60);
    expect(members()).toHaveLength(3);
    expect(members().every(({ state }) => state === 'running')).toBe(true);
  });

  test('leaves a rebooted instance alone', async () => {
    const { clock, members, first } = aGroup();
    first.reboot(clock.now());
    await clock.advance(1_000);
    expect(members()[0]).toMatchObject({ id: first.id, lifecycle: 'InService', state: 'running' });
  });

  test('ignores an instance in standby', async () => {
    const { clock, members, first } = aGroup({ members: [{ lifecycle: 'Standby' }, {}] });
    first.terminate(clock.now());
    await clock.advance(1_000);
    expect(members()[0]).toMatchObject({ id: first.id, lifecycle: 'Standby', state: 'terminated' });
  });

  test('shows a member as the scenario sets it', () => {
    const { members, group } = aGroup({
      members: [
        { zone: 'eu-west-1b', health: 'Unhealthy', protectedFromScaleIn: true, tags: { extra: 'yes' } },
        { state: 'pending' },
        { lifecycle: 'Terminating:Wait' },
      ],
    });
    expect(members()).toMatchObject([
      { zone: 'eu-west-1b', lifecycle: 'InService', health: 'Unhealthy' },
      { lifecycle: 'Pending', state: 'pending' },
      { lifecycle: 'Terminating:Wait', state: 'running' },
    ]);
    expect(group.members[0]?.protectedFromScaleIn).toBe(true);
    expect(group.members[0]?.instance.tags).toEqual({
      app: 'web',
      extra: 'yes',
      'aws:autoscaling:groupName': 'web',
    });
  });

  test('shrinks once if told to end the same instance twice', async () => {
    const { clock, group, members } = aGroup();
    for (const _ of [1, 2]) {
      const [member] = group.members;
      if (member !== undefined) group.terminateMember(member, clock.now(), true);
    }
    expect(group.desired).toBe(2);
    await clock.advance(1_000);
    expect(members()).toHaveLength(2);
  });
});
