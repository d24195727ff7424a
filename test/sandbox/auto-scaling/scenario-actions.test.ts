import { describe, expect, test } from 'vitest';
import { aGroup, minute } from './a-group.ts';

describe('a group that scales', () => {
  test('out launches the missing instances at once', async () => {
    const { clock, group, members, activities } = aGroup();
    group.setDesired(5);
    expect(members().map(({ lifecycle }) => lifecycle)).toEqual([
      ...Array(3).fill('InService'),
      'Pending',
      'Pending',
    ]);
    expect(members().map(({ zone }) => zone.at(-1))).toEqual(['a', 'b', 'c', 'a', 'b']);
    expect(activities()).toEqual(['Launching InProgress', 'Launching InProgress']);
    await clock.advance(10);
    expect(members().every(({ lifecycle }) => lifecycle === 'InService')).toBe(true);
    expect(activities()).toEqual(['Launching Successful', 'Launching Successful']);
  });

  test('in terminates the excess in the fullest zones, and replaces none of it', async () => {
    const { clock, group, members, activities } = aGroup({ desired: 5 });
    group.setDesired(3);
    expect(members().map(({ zone, lifecycle }) => `${zone.at(-1)} ${lifecycle}`)).toEqual([
      'a Terminating',
      'b Terminating',
      'c InService',
      'a InService',
      'b InService',
    ]);
    expect(activities()).toEqual(['Terminating InProgress', 'Terminating InProgress']);
    await clock.advance(minute);
    expect(members()).toHaveLength(3);
    expect(activities()).toEqual(['Terminating Successful', 'Terminating Successful']);
  });

  test('in spares protected members, and terminates them once they are not', () => {
    const { group, members } = aGroup({ members: [{}, { protectedFromScaleIn: true }] });
    const [open, shut] = members();
    group.setDesired(1);
    expect(members().map(({ lifecycle }) => lifecycle)).toEqual(['Terminating', 'InService']);
    group.protectFromScaleIn(open?.id ?? '', false);
    group.protectFromScaleIn(shut?.id ?? '', false);
    expect(members().map(({ lifecycle }) => lifecycle)).toEqual(['Terminating', 'Terminating']);
  });

  test('in cancels a pending replacement', async () => {
    const { clock, group, members, first } = aGroup();
    first.terminate(clock.now());
    await clock.advance(120);
    group.setDesired(2);
    await clock.advance(minute);
    expect(members()).toHaveLength(2);
    expect(members().map(({ zone }) => zone.at(-1))).toEqual(['b', 'c']);
  });
});

describe('a group with a suspended process', () => {
  test('Launch lets unhealthy instances go and replaces them when it is resumed', async () => {
    const { clock, group, members, activities, first } = aGroup();
    group.suspend('Launch');
    first.terminate(clock.now());
    await clock.advance(minute);
    expect(members()).toHaveLength(2);
    expect(activities()).toEqual(['Terminating Successful']);
    group.resume('Launch');
    expect(members().map(({ lifecycle }) => lifecycle)).toEqual(['InService', 'InService', 'Pending']);
  });

  test('HealthCheck notices nothing until it is resumed', async () => {
    const { clock, group, members, first } = aGroup();
    group.suspend('HealthCheck');
    first.terminate(clock.now());
    await clock.advance(minute);
    expect(members()[0]).toMatchObject({ lifecycle: 'InService', health: 'Healthy', state: 'terminated' });
    group.resume('HealthCheck');
    expect(members()[0]).toMatchObject({ lifecycle: 'Terminating', health: 'Unhealthy' });
  });

  test.each(['ReplaceUnhealthy', 'Terminate'] as const)(
    '%s marks an instance as unhealthy, and keeps it until it is resumed',
    async (process) => {
      const { clock, group, members, activities, first } = aGroup();
      group.suspend(process);
      first.terminate(clock.now());
      await clock.advance(minute);
      expect(members()[0]).toMatchObject({ id: first.id, lifecycle: 'InService', health: 'Unhealthy' });
      expect(activities()).toEqual([]);
      group.resume(process);
      await clock.advance(minute);
      expect(members()).toHaveLength(3);
      expect(members().every(({ state }) => state === 'running')).toBe(true);
    },
  );

  test('Terminate does not scale in until it is resumed', async () => {
    const { clock, group, members } = aGroup();
    group.suspend('Terminate');
    group.setDesired(2);
    await clock.advance(minute);
    expect(members()).toHaveLength(3);
    group.resume('Terminate');
    await clock.advance(minute);
    expect(members()).toHaveLength(2);
  });

  test('continues normally once it is resumed', () => {
    const { group } = aGroup();
    group.suspend('Launch');
    group.suspend('Terminate');
    group.resume('Launch');
    expect([...group.suspended.keys()]).toEqual(['Terminate']);
  });
});

describe('a group that cannot launch', () => {
  test('retries ever more rarely, and is complete once it can', async () => {
    const { clock, group, members, activities, first } = aGroup();
    group.failToLaunch(true);
    first.terminate(clock.now());
    await clock.advance(149);
    expect(activities()).toEqual(['Terminating InProgress']);
    for (const [after, failed] of [
      [1, 1],
      [199, 1],
      [1, 2],
      [399, 2],
      [1, 3],
      [799, 3],
      [1, 4],
    ] as const) {
      await clock.advance(after);
      expect(activities().filter((activity) => activity === 'Launching Failed')).toHaveLength(failed);
    }
    expect(members()).toHaveLength(2);
    group.failToLaunch(false);
    await clock.advance(10);
    expect(members()).toHaveLength(3);
    expect(activities()[0]).toBe('Launching Successful');
  });

  test('retries at least once an hour', async () => {
    const { clock, group, activities } = aGroup();
    group.failToLaunch(true);
    group.setDesired(4);
    await clock.advance(48 * 60 * minute);
    expect(activities().length).toBeGreaterThan(48);
    expect(activities().length).toBeLessThan(70);
  });
});

describe('a member that is degraded', () => {
  test('is unhealthy at once, and replaced as if it had been terminated', async () => {
    const { clock, group, members, first } = aGroup();
    group.degrade(first.id);
    expect(members()[0]).toMatchObject({ lifecycle: 'InService', health: 'Unhealthy', state: 'running' });
    await clock.advance(100);
    expect(members()[0]).toMatchObject({ lifecycle: 'Terminating', state: 'shutting-down' });
    await clock.advance(60);
    expect(members()).toHaveLength(3);
    expect(members().every(({ health, state }) => health === 'Healthy' && state === 'running')).toBe(true);
  });

  test('must be one', () => {
    expect(() => aGroup().group.degrade('i-0')).toThrow('i-0 is not a member of web');
  });
});

describe('a redeployment', () => {
  test('replaces every member, one after the other', async () => {
    const { clock, group, members } = aGroup();
    const before = members().map(({ id }) => id);
    group.redeploy();
    let fewest = 3;
    for (let step = 0; step < 300; step += 1) {
      await clock.advance(1);
      fewest = Math.min(fewest, members().filter(({ lifecycle }) => lifecycle === 'InService').length);
    }
    expect(fewest).toBe(2);
    expect(members().filter(({ id }) => before.includes(id))).toEqual([]);
    expect(members().map(({ lifecycle }) => lifecycle)).toEqual(Array(3).fill('InService'));
  });

  test('waits while another instance is replaced', async () => {
    const { clock, group, members, activities, first } = aGroup();
    first.terminate(clock.now());
    await clock.advance(100);
    group.redeploy();
    expect(activities()).toEqual(['Terminating InProgress']);
    await clock.advance(minute);
    expect(activities()).toHaveLength(6);
    expect(members()).toHaveLength(3);
  });

  test('waits while nothing can be launched', async () => {
    const { clock, group, members } = aGroup();
    group.suspend('Launch');
    group.redeploy();
    await clock.advance(minute);
    expect(members().map(({ lifecycle }) => lifecycle)).toEqual(Array(3).fill('InService'));
  });
});

describe('tags', () => {
  test('of a group are those of instances launched from then on', () => {
    const { group, first } = aGroup();
    group.setTags({ app: 'shop' });
    group.setDesired(4);
    expect(group.tags).toEqual({ app: 'shop' });
    expect(first.tags).toMatchObject({ app: 'web' });
    expect(group.members.at(-1)?.instance.tags).toEqual({ app: 'shop', 'aws:autoscaling:groupName': 'web' });
  });
});

describe('the activities of a group', () => {
  test('are listed newest first, after those in progress', async () => {
    const { clock, group, activities } = aGroup({ max: 9 });
    group.setDesired(4);
    await clock.advance(1_000);
    group.setDesired(3);
    await clock.advance(20);
    group.setDesired(4);
    expect(activities()).toEqual(['Launching InProgress', 'Terminating InProgress', 'Launching Successful']);
    await clock.advance(15);
    // The launch took less time than the termination that began before it.
    expect(activities()).toEqual(['Terminating InProgress', 'Launching Successful', 'Launching Successful']);
  });

  test('include a failure if a launched instance ended before it was in service', async () => {
    const { clock, group, activities } = aGroup();
    group.setDesired(4);
    await clock.advance(5);
    group.members.at(-1)?.instance.terminate(clock.now());
    expect(activities()).toEqual(['Launching Failed']);
  });

  test('are forgotten after six weeks', async () => {
    const { clock, group, activities } = aGroup();
    group.setDesired(4);
    await clock.advance(42 * 86_400_000 - 1);
    expect(activities()).toHaveLength(1);
    await clock.advance(1);
    expect(activities()).toEqual([]);
    group.setDesired(5);
    expect(activities()).toEqual(['Launching InProgress']);
  });
});

describe('an instance refresh', () => {
  test('runs one at a time', () => {
    const { group } = aGroup();
    group.beginInstanceRefresh();
    expect(() => group.beginInstanceRefresh()).toThrow('an instance refresh is under way');
    group.endInstanceRefresh('Cancelled');
    expect(() => group.endInstanceRefresh()).toThrow('no instance refresh in progress');
    group.beginInstanceRefresh('Baking');
    expect(group.refreshes.all.map(({ status }) => status)).toEqual(['Baking', 'Cancelled']);
  });
});
