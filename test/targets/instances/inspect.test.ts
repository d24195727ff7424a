import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { questions } from '#targets/instances/questions.ts';
import { aConfig } from '../../support/a-config.ts';
import { aRunContext, aSandboxWorld, monday } from '../../support/a-sandbox-world.ts';

const optIn = { 'chaos:opt-in': 'true' };
const [one, two] = ['222222222222', '333333333333'];
const minute = 60_000;
const asked: readonly string[] = Object.values(questions);

/** A world whose fleet can be seen, and looked into, as it is at any moment. */
function aWorld(overrides: Partial<ConfigInput> = {}) {
  const world = aSandboxWorld(aConfig(overrides));
  const region = world.sandbox.account(one).region('eu-west-1');
  /** A later look is a later run: a read-only session lasts 15 minutes. */
  const seen = async (run = aRunContext({ deadline: Infinity, surveyBy: Infinity })) => {
    const { value: found } = await world.fleet.survey(
      world.config.accounts,
      run,
      (group: InstanceGroup) => group,
    );
    world.calls.length = 0;
    return { run, groups: found.seen };
  };
  const lookedInto = async () => {
    const { run, groups } = await seen();
    const { value: found, failures } = await world.fleet.inspect(groups, run);
    return { found, failures, groups, looked: groups.map(({ key }) => found.get(key)) };
  };
  return { ...world, region, seen, lookedInto };
}
const keyOf = (name: string, account = one, region = 'eu-west-1') => `${account}/${region}/asg/${name}`;

describe('inspect', () => {
  test('looks up the healthy instances of the groups it is given', async () => {
    const { region, lookedInto } = aWorld();
    const members = [{}, {}, { health: 'Unhealthy' as const }];
    region.autoScalingGroup({ name: 'web', desired: 2, tags: optIn, members, createdAt: monday - minute });
    region.autoScalingGroup({ name: 'api', desired: 2, tags: optIn, propagateTags: false });
    const { looked, failures } = await lookedInto();
    expect(failures).toEqual([]);
    const [web, api] = looked.map((one) => one?.instances);
    expect(web?.map(({ tags }) => tags)).toEqual([optIn, optIn]);
    expect(api?.map(({ tags }) => tags)).toEqual([{}, {}]);
    expect(web?.[0]).toMatchObject({
      state: 'running',
      launchedAt: monday - minute,
      arn: `arn:aws:ec2:eu-west-1:${one}:instance/${web?.[0]?.instanceId}`,
    });
  });

  test('reads what an instance is, as that decides what can be done to it', async () => {
    const { region, lookedInto } = aWorld();
    const members = [
      {},
      { traits: { purchase: 'spot' } },
      { traits: { rootDevice: 'instance-store', managedBy: 'eks.amazonaws.com' } },
    ];
    region.autoScalingGroup({ name: 'web', desired: 3, tags: optIn, members });
    const [web] = (await lookedInto()).looked;
    expect(web?.instances).toMatchObject([
      { rootDevice: 'ebs', purchase: undefined, managedBy: undefined },
      { rootDevice: 'ebs', purchase: 'spot', managedBy: undefined },
      { rootDevice: 'instance-store', purchase: undefined, managedBy: 'eks.amazonaws.com' },
    ]);
  });

  test('more instances than a filter takes are asked for in several calls', async () => {
    const { region, calls, lookedInto } = aWorld();
    region.autoScalingGroup({ name: 'web', desired: 450, tags: optIn });
    const { found } = await lookedInto();
    expect(calls.filter(({ action }) => action === 'ec2:DescribeInstances')).toHaveLength(3);
    expect(found.get(keyOf('web'))?.instances).toHaveLength(450);
  });

  test('lists the groups as they are now, opted in or not; one that is gone has none', async () => {
    const { region, fleet, seen, clock } = aWorld();
    const web = region.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const api = region.autoScalingGroup({ name: 'api', desired: 2, tags: optIn });
    const pool = { ...optIn, 'chaos:group': 'pool' };
    const [, gone] = [region.instance({ tags: pool }), region.instance({ tags: pool })];
    const lost = region.instance({ tags: { ...optIn, 'chaos:group': 'lost' } });
    const { run, groups } = await seen();
    web.setTags({});
    web.setDesired(5);
    api.delete();
    gone.terminate(clock.now());
    lost.terminate(clock.now());
    const { value: found, failures } = await fleet.inspect(groups, run);
    expect(failures).toEqual([]);
    expect(found.get(keyOf('web'))?.group).toMatchObject({ name: 'web', tags: {}, desired: 5 });
    expect(found.get(keyOf('api'))).toMatchObject({ group: undefined, instances: [] });
    const tagged = (name: string) => found.get(`${one}/eu-west-1/tag/${name}`);
    expect(tagged('pool')?.group?.members).toHaveLength(1);
    expect(tagged('pool')?.instances).toHaveLength(1);
    expect(tagged('lost')).toMatchObject({
      group: undefined,
      instances: [],
      alarms: { ok: true, value: [] },
    });
  });

  test('costs a call for each Auto Scaling group and question, and one each for instances, alarms and safety lever of a region', async () => {
    const { region, sandbox, calls, lookedInto } = aWorld({
      accounts: [one, two],
      gates: { alarms: { account: ['burning'] }, fisSafetyLever: true },
    });
    for (const name of ['web', 'api', 'cart']) {
      region.autoScalingGroup({ name, desired: 2, tags: { ...optIn, 'chaos:alarm': `${name}-errors` } });
    }
    region.instance({ tags: { ...optIn, 'chaos:group': 'workers' } });
    sandbox.account(two).region('eu-west-1').autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const { failures } = await lookedInto();
    expect(failures).toEqual([]);
    const counted = Map.groupBy(calls, ({ account, action }) => `${account} ${action}`);
    for (const action of asked) {
      // Of three Auto Scaling groups, and maybe of the standalone instances.
      expect([3, 4]).toContain(counted.get(`${one} ${action}`)?.length);
      expect(counted.get(`${two} ${action}`)).toHaveLength(1);
    }
    const others = [...counted].filter(([, [call]]) => call !== undefined && !asked.includes(call.action));
    expect(Object.fromEntries(others.map(([call, of]) => [call, of.length]))).toEqual({
      [`${one} autoscaling:DescribeAutoScalingGroups`]: 1,
      // Of standalone groups, and of instances.
      [`${one} ec2:DescribeInstances`]: 2,
      [`${one} cloudwatch:DescribeAlarms`]: 1,
      [`${one} fis:GetSafetyLever`]: 1,
      [`${two} autoscaling:DescribeAutoScalingGroups`]: 1,
      [`${two} ec2:DescribeInstances`]: 1,
      [`${two} cloudwatch:DescribeAlarms`]: 1,
      [`${two} fis:GetSafetyLever`]: 1,
    });
  });

  test('asks for no alarm and no safety lever that nobody names', async () => {
    const { region, calls, lookedInto } = aWorld();
    region.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const { looked } = await lookedInto();
    expect(looked).toMatchObject([{ alarms: { ok: true, value: [] } }]);
    expect(looked[0]?.safetyLever).toBeUndefined();
    expect(calls.map(({ action }) => action).toSorted()).toEqual(
      ['autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeInstances', ...asked].toSorted(),
    );
  });

  test('asks nothing of Auto Scaling about standalone instances', async () => {
    const { region, calls, lookedInto } = aWorld();
    region.instance({ tags: { ...optIn, 'chaos:group': 'workers' } });
    const { looked } = await lookedInto();
    expect(looked).toMatchObject([
      {
        instances: [{ state: 'running' }],
        refreshes: { ok: true, value: [] },
        activities: { ok: true, value: [] },
      },
    ]);
    const actions = calls.map(({ action }) => action);
    expect(actions.filter((action) => action === 'ec2:DescribeInstances')).toHaveLength(2);
    expect(actions.filter((action) => action.startsWith('autoscaling:'))).toEqual([]);
  });

  test('nothing to look up costs no call', async () => {
    const { fleet, calls } = aWorld();
    expect(await fleet.inspect([], aRunContext())).toEqual({ value: new Map(), failures: [] });
    expect(calls).toEqual([]);
  });
});

describe('what is under way in a group', () => {
  const aBusyWorld = (seed = {}) => {
    const world = aWorld();
    const group = world.region.autoScalingGroup({ name: 'web', desired: 3, tags: optIn, ...seed });
    const underWay = async () => {
      const { looked } = await world.lookedInto();
      return { refreshes: looked[0]?.refreshes, activities: looked[0]?.activities };
    };
    return { ...world, group, underWay };
  };

  test.each(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking'] as const)(
    'an instance refresh that is %s',
    async (status) => {
      const { group, underWay } = aBusyWorld();
      group.beginInstanceRefresh(status);
      const refreshes = { ok: true, value: [expect.stringMatching(new RegExp(`^[0-9a-f-]{36} ${status}$`))] };
      expect(await underWay()).toEqual({ refreshes, activities: { ok: true, value: [] } });
    },
  );

  test.each(['Successful', 'Failed', 'Cancelled', 'RollbackSuccessful', 'RollbackFailed'] as const)(
    'no instance refresh that is %s',
    async (status) => {
      const { group, underWay } = aBusyWorld();
      group.beginInstanceRefresh();
      group.endInstanceRefresh(status);
      expect(await underWay()).toEqual({
        refreshes: { ok: true, value: [] },
        activities: { ok: true, value: [] },
      });
    },
  );

  test('launches and terminations until they end', async () => {
    const { group, clock, underWay } = aBusyWorld();
    group.setDesired(4);
    const newcomer = group.members.at(-1)?.instance.id;
    expect((await underWay()).activities).toEqual({
      ok: true,
      value: [`Launching a new EC2 instance: ${newcomer}`],
    });
    await clock.advance(5 * minute);
    expect((await underWay()).activities).toEqual({ ok: true, value: [] });
    group.setDesired(2);
    expect((await underWay()).activities).toEqual({
      ok: true,
      value: [
        expect.stringMatching(/^Terminating EC2 instance: i-/),
        expect.stringMatching(/^Terminating EC2 instance: i-/),
      ],
    });
    await clock.advance(5 * minute);
    expect((await underWay()).activities).toEqual({ ok: true, value: [] });
  });

  test('not a launch that failed, however long ago it was tried', async () => {
    const { group, underWay } = aBusyWorld();
    group.failToLaunch(true);
    group.setDesired(4);
    expect((await underWay()).activities).toEqual({ ok: true, value: [] });
  });
});

describe('alarms of a group', () => {
  const gates = (account: string[]) => ({ gates: { alarms: { account } } });

  test("are the configuration's and the one that its tag names, in its own account and region", async () => {
    const { region, sandbox, lookedInto } = aWorld(gates(['burning']));
    region.autoScalingGroup({ name: 'web', desired: 2, tags: { ...optIn, 'chaos:alarm': 'web-errors' } });
    region.autoScalingGroup({ name: 'api', desired: 2, tags: { ...optIn, 'chaos:alarm': 'api-errors' } });
    region.autoScalingGroup({ name: 'cart', desired: 2, tags: optIn });
    region.alarm('burning', 'OK');
    region.alarm('web-errors', 'ALARM', 'CompositeAlarm');
    sandbox.account(one).region('us-east-1').alarm('api-errors', 'OK');
    const { looked } = await lookedInto();
    const burning = { name: 'burning', state: 'OK' };
    expect(looked.map((one) => one?.alarms)).toEqual([
      { ok: true, value: [burning, { name: 'web-errors', state: 'ALARM' }] },
      { ok: true, value: [burning, { name: 'api-errors', state: 'MISSING' }] },
      { ok: true, value: [burning] },
    ]);
  });

  test('one tag that can be no alarm is missing, and does not spoil the question for the others', async () => {
    const { region, calls, lookedInto } = aWorld(gates(['burning']));
    region.alarm('burning', 'OK');
    for (const tag of ['', 'x'.repeat(256)]) {
      region.autoScalingGroup({
        name: `g${tag.length}`,
        desired: 2,
        tags: { ...optIn, 'chaos:alarm': tag },
      });
    }
    const { looked } = await lookedInto();
    expect(calls.find(({ action }) => action === 'cloudwatch:DescribeAlarms')?.input).toMatchObject({
      AlarmNames: ['burning'],
    });
    expect(looked.map((one) => one?.alarms)).toEqual(
      ['', 'x'.repeat(256)].map((name) => ({
        ok: true,
        value: [
          { name: 'burning', state: 'OK' },
          { name, state: 'MISSING' },
        ],
      })),
    );
  });
});

describe('the safety lever', () => {
  test('is that of the account and region', async () => {
    const { region, sandbox, lookedInto } = aWorld({ accounts: [one, two], gates: { fisSafetyLever: true } });
    const other = sandbox.account(two).region('eu-west-1');
    for (const place of [region, other]) place.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    other.safetyLever('engaged', 'an incident');
    const { found } = await lookedInto();
    expect(found.get(keyOf('web', one))?.safetyLever).toMatchObject({
      ok: true,
      value: { status: 'disengaged' },
    });
    expect(found.get(keyOf('web', two))?.safetyLever).toEqual({
      ok: true,
      value: { status: 'engaged', reason: 'an incident' },
    });
  });
});

describe('what cannot be had', () => {
  const all: Partial<ConfigInput> = {
    accounts: [one, two],
    gates: { alarms: { account: ['burning'] }, fisSafetyLever: true },
  };

  test.each([
    ['refreshes', 'autoscaling:DescribeInstanceRefreshes'],
    ['activities', 'autoscaling:DescribeScalingActivities'],
    ['alarms', 'cloudwatch:DescribeAlarms'],
    ['safetyLever', 'fis:GetSafetyLever'],
  ] as const)('leaves %s unknown, and the rest stands', async (part, action) => {
    const { region, sandbox, lookedInto } = aWorld(all);
    region.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    sandbox.disruptions.deny({ action });
    const { looked, failures } = await lookedInto();
    expect(failures).toEqual([]);
    const { instances = [], group, ...parts } = looked[0] ?? {};
    expect(instances).toHaveLength(2);
    expect(group).toMatchObject({ name: 'web' });
    expect(parts).toMatchObject({ [part]: { ok: false, reason: expect.stringContaining(action) } });
    for (const [name, known] of Object.entries(parts)) {
      if (name !== part) expect(known).toHaveProperty('ok', true);
    }
  });

  test('of one group leaves the others as they are', async () => {
    const { region, sandbox, lookedInto } = aWorld();
    for (const name of ['web', 'api']) region.autoScalingGroup({ name, desired: 2, tags: optIn });
    sandbox.disruptions.deny(
      ({ action, input }) =>
        action === 'autoscaling:DescribeScalingActivities' &&
        (input as { AutoScalingGroupName: string }).AutoScalingGroupName === 'web',
    );
    const { looked } = await lookedInto();
    expect(looked.map((one) => one?.activities.ok)).toEqual([false, true]);
  });

  test('where EC2 does not answer, is all of the region: a failure, and its groups are missing', async () => {
    const { sandbox, seen, fleet } = aWorld(all);
    for (const account of [one, two]) {
      sandbox.account(account).region('eu-west-1').autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    }
    const { run, groups } = await seen();
    sandbox.disruptions.deny({ account: one, action: 'ec2:DescribeInstances' });
    const { value: found, failures } = await fleet.inspect(groups, run);
    expect([...found.keys()]).toEqual([keyOf('web', two)]);
    expect(failures).toMatchObject([
      { stage: 'inspect', code: 'UnauthorizedOperation', account: one, region: 'eu-west-1' },
    ]);
  });

  test('past the deadline is everything', async () => {
    const { region, fleet, seen, calls } = aWorld();
    region.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const { groups } = await seen();
    const { value: found, failures } = await fleet.inspect(groups, aRunContext({ deadline: monday }));
    expect(found.size).toBe(0);
    expect(failures).toMatchObject([{ stage: 'inspect', code: 'DeadlineReached', account: one }]);
    expect(calls).toEqual([]);
  });

  test('is what is refused until then', async () => {
    const { region, fleet, seen, clock, sandbox } = aWorld();
    region.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const { groups } = await seen();
    sandbox.disruptions.throttle({ action: 'autoscaling:DescribeAutoScalingGroups' });
    const before = clock.now();
    const run = aRunContext({ deadline: before + 2_000 });
    expect((await fleet.inspect(groups, run)).failures).toMatchObject([{ stage: 'inspect', account: one }]);
    expect(clock.now() - before).toBeLessThan(2_000);
  });
});
