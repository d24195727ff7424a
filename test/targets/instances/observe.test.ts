import { describe, expect, test } from 'vitest';
import { type StrikeEntry, strikeKey } from '#core/model/strike.ts';
import type { AutoScalingGroup } from '#sandbox/auto-scaling/auto-scaling-group.ts';
import type { Instance } from '#sandbox/ec2/instance.ts';
import { aStrikeEntry } from '../../support/a-claim.ts';
import { aConfig } from '../../support/a-config.ts';
import { aRunContext, aSandboxWorld, monday } from '../../support/a-sandbox-world.ts';

const optIn = { 'chaos:opt-in': 'true' };
const [one, two] = ['222222222222', '333333333333'];
const region = 'eu-west-1';
const minute = 60_000;
/** What the sandbox takes from an instance's end to its replacement in service. */
const recoveryMs = 80_000;

function aWorld(config = aConfig({ accounts: [one, two] })) {
  const world = aSandboxWorld(config);
  let runs = 0;
  return {
    ...world,
    place: world.sandbox.account(one).region(region),
    // Each in a run of its own, as minutes are between them.
    observe: (...strikes: StrikeEntry[]) => {
      runs += 1;
      const run = aRunContext({ runId: `run-${runs}`, surveyBy: Number.POSITIVE_INFINITY });
      return world.fleet.observe(strikes, run);
    },
  };
}

/** A strike of the group's first instance, a moment from now on the record. */
function strikeOn(group: AutoScalingGroup, overrides: Partial<StrikeEntry['target']> = {}): StrikeEntry {
  const [member] = group.members;
  return strikeOf(member?.instance, {
    group: `${one}/${region}/asg/${group.name}`,
    arns: { autoScalingGroup: group.arn },
    ...overrides,
  });
}

function strikeOnStandalone(instance: Instance, name = 'workers'): StrikeEntry {
  return strikeOf(instance, {
    group: `${one}/${region}/tag/${name}`,
    arns: {},
  });
}

function strikeOf(instance: Instance | undefined, target: Partial<StrikeEntry['target']>): StrikeEntry {
  const { id = '' } = instance ?? {};
  const entry = aStrikeEntry({ at: new Date(monday).toISOString(), state: 'succeeded' });
  const whole = { ...entry.target, account: one, region, id, ...target };
  return { ...entry, group: whole.group, target: whole };
}

const healthy = (group: { readonly members: readonly { readonly healthy: boolean }[] } | undefined) =>
  group?.members.filter((member) => member.healthy).length;

describe('observe, of an Auto Scaling group', () => {
  test('sees it as it was struck, while it is replaced, and once it has recovered', async () => {
    const { place, clock, observe } = aWorld();
    const group = place.autoScalingGroup({ name: 'web', desired: 3, tags: optIn });
    const strike = strikeOn(group);
    const look = async () => {
      const { value: found, failures } = await observe(strike);
      expect(failures).toEqual([]);
      return found.get(strikeKey(strike));
    };
    expect(await look()).toMatchObject({
      group: { key: strike.group, desired: 3, tags: optIn },
      target: { instanceState: 'running', lifecycle: 'InService' },
      launchesEnded: [],
    });
    expect(healthy((await look())?.group)).toBe(3);

    group.members[0]?.instance.terminate(clock.now());
    await clock.advance(1_000);
    // The group has not noticed; EC2 has.
    const struck = await look();
    // When it was started last tells a restart from a strike that did not happen.
    expect(struck?.target.launchedAt).toBe(group.createdAt);
    expect(struck?.target).toMatchObject({ instanceState: 'shutting-down', lifecycle: 'InService' });
    expect(healthy(struck?.group)).toBe(2);
    expect(struck?.group?.members[0]?.state).toBe('InService/Healthy, but shutting-down in EC2');

    await clock.advance(35_000);
    const replacing = await look();
    expect(replacing?.target).toMatchObject({ instanceState: 'terminated', lifecycle: 'Terminating' });
    expect(replacing?.isScaling).toBe(true);
    await clock.advance(recoveryMs);
    const recovered = await look();
    expect(recovered?.isScaling).toBe(false);
    expect(healthy(recovered?.group)).toBe(3);
    expect(recovered?.target).toMatchObject({ instanceState: 'terminated', lifecycle: undefined });
    expect(recovered?.launchesEnded).toEqual([monday + recoveryMs]);
    await clock.advance(120 * minute);
    expect((await look())?.target).toMatchObject({ instanceState: undefined, lifecycle: undefined });
  });

  test('sees it however it is tagged, and all of a region together in as few calls as hold the names', async () => {
    const { place, calls, observe } = aWorld();
    const groups = Array.from({ length: 101 }, (_, index) =>
      place.autoScalingGroup({ name: `g${index}`, desired: 1 }),
    );
    const { value: found, failures } = await observe(...groups.map((group) => strikeOn(group)));
    expect(failures).toEqual([]);
    expect([...found.values()].map((seen) => healthy(seen.group))).toEqual(groups.map(() => 1));
    const counted = Map.groupBy(calls, ({ action }) => action);
    expect(Object.fromEntries([...counted].map(([action, of]) => [action, of.length]))).toEqual({
      'sts:AssumeRole': 1,
      'autoscaling:DescribeAutoScalingGroups': 2,
      'ec2:DescribeInstances': 1,
      'autoscaling:DescribeScalingActivities': 101,
    });
  });

  test('a group that is gone is told without its group', async () => {
    const { place, clock, calls, observe } = aWorld();
    const group = place.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const strike = strikeOn(group);
    group.delete();
    await clock.advance(minute);
    const { value: found, failures } = await observe(strike);
    expect(failures).toEqual([]);
    expect(found.get(strikeKey(strike))).toEqual({
      group: undefined,
      target: { instanceState: 'terminated', launchedAt: group.createdAt, lifecycle: undefined },
      launchesEnded: [],
      isScaling: false,
    });
    expect(calls.map(({ action }) => action)).not.toContain('autoscaling:DescribeScalingActivities');
  });

  test('a group of the same name that was made since is not the one that was struck', async () => {
    const { place, observe } = aWorld();
    const group = place.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const strike = strikeOn(group);
    group.delete();
    place.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const { value: found } = await observe(strike);
    expect(found.get(strikeKey(strike))).toMatchObject({ group: undefined, launchesEnded: [] });
  });

  test('tells of launches that began after the strike and ended well, and of no others', async () => {
    const { place, clock, observe } = aWorld();
    const group = place.autoScalingGroup({ name: 'web', desired: 2, max: 9, tags: optIn });
    group.setDesired(3);
    await clock.advance(10 * minute);
    const struckAt = clock.now();
    await clock.advance(1);
    group.failToLaunch(true);
    group.setDesired(4);
    group.failToLaunch(false);
    const launchedAt = clock.now();
    await clock.advance(minute);
    group.setDesired(5);
    const strike = { ...strikeOn(group), at: new Date(struckAt).toISOString() };
    const { value: found } = await observe(strike);
    expect(found.get(strikeKey(strike))?.launchesEnded).toEqual([launchedAt + 20_000]);
  });

  test('turns the pages of its activities back to the strike and no further', async () => {
    const { place, clock, calls, observe } = aWorld();
    const group = place.autoScalingGroup({ name: 'web', desired: 1, max: 9, tags: optIn });
    for (let round = 0; round < 150; round += 1) {
      group.setDesired(1 + (round % 2));
      await clock.advance(2 * minute);
    }
    const later = new Date(clock.now()).toISOString();
    for (let round = 0; round < 160; round += 1) {
      group.setDesired(1 + (round % 2));
      await clock.advance(2 * minute);
    }
    const early = { ...strikeOn(group), slot: 'early' };
    const late = { ...strikeOn(group), at: later };
    const pages = () =>
      calls.filter(({ action }) => action === 'autoscaling:DescribeScalingActivities').length;
    await observe(late);
    expect(pages()).toBe(2);
    calls.length = 0;
    const { value: found } = await observe(early, late);
    expect(pages()).toBe(4);
    expect(found.get(strikeKey(early))?.launchesEnded).toHaveLength(155);
    expect(found.get(strikeKey(late))?.launchesEnded).toHaveLength(80);
  });
});

describe('observe, of standalone instances', () => {
  test('sees those that are left, and the struck one while EC2 remembers it', async () => {
    const { place, clock, calls, observe } = aWorld();
    const instances = [1, 2, 3].map(() => place.instance({ tags: { ...optIn, 'chaos:group': 'workers' } }));
    const [struck] = instances;
    if (struck === undefined) throw new Error('no instance');
    const strike = strikeOnStandalone(struck);
    const look = async () => (await observe(strike)).value.get(strikeKey(strike));
    const before = await look();
    expect(healthy(before?.group)).toBe(3);
    expect(before?.target).toMatchObject({ instanceState: 'running', lifecycle: 'running' });
    // The group by its tag; and the struck one, which tells when it was started last.
    expect(calls.map(({ action }) => action)).toEqual([
      'sts:AssumeRole',
      'ec2:DescribeInstances',
      'ec2:DescribeInstances',
    ]);

    struck.stop(clock.now());
    await clock.advance(minute);
    const stopped = await look();
    expect(stopped?.target).toMatchObject({ instanceState: 'stopped', lifecycle: 'stopped' });
    expect([stopped?.group?.desired, healthy(stopped?.group)]).toEqual([3, 2]);

    struck.terminate(clock.now());
    await clock.advance(minute);
    const terminated = await look();
    expect(terminated?.target).toMatchObject({ instanceState: 'terminated', lifecycle: undefined });
    expect([terminated?.group?.desired, healthy(terminated?.group)]).toEqual([2, 2]);
    expect(terminated?.launchesEnded).toEqual([]);
  });

  test('a group that has opted out is seen, and one without instances is gone', async () => {
    const { place, clock, observe } = aWorld();
    const [kept, lost] = ['kept', 'lost'].map((name) => place.instance({ tags: { 'chaos:group': name } }));
    if (kept === undefined || lost === undefined) throw new Error('no instance');
    lost.terminate(clock.now());
    const strikes = [strikeOnStandalone(kept, 'kept'), strikeOnStandalone(lost, 'lost')];
    const { value: found } = await observe(...strikes);
    expect(strikes.map((strike) => found.get(strikeKey(strike))?.group?.name)).toEqual(['kept', undefined]);
  });

  test('takes the name of a group literally, also where EC2 would read a wildcard', async () => {
    const { place, observe } = aWorld();
    const named = (name: string) => place.instance({ tags: { 'chaos:group': name } });
    const strike = strikeOnStandalone(named('w*rk\\er?s/1'), 'w*rk\\er?s/1');
    named('worker1s/1');
    const { value: found } = await observe(strike);
    expect(found.get(strikeKey(strike))?.group).toMatchObject({ name: 'w*rk\\er?s/1', desired: 1 });
  });
});

describe('observe, where it cannot look', () => {
  test('an account that is no longer configured is a failure that says so, and the others are seen', async () => {
    const { place, observe, calls } = aWorld();
    const group = place.autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    const gone = strikeOn(group, { account: '444444444444', group: `444444444444/${region}/asg/web` });
    const away = strikeOn(group, { region: 'us-east-1', group: `${one}/us-east-1/asg/web` });
    const here = strikeOn(group);
    const { value: found, failures } = await observe(gone, away, here);
    expect([...found.keys()]).toEqual([strikeKey(here)]);
    expect(failures).toEqual([
      {
        stage: 'verify',
        code: 'NotConfigured',
        message: 'account 444444444444 is not in the configuration',
        account: '444444444444',
        region,
      },
      {
        stage: 'verify',
        code: 'NotConfigured',
        message: `us-east-1 is not among the regions of account ${one}`,
        account: one,
        region: 'us-east-1',
      },
    ]);
    expect(calls.filter(({ action }) => action === 'sts:AssumeRole')).toHaveLength(1);
  });

  test.each(['autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeInstances', 'sts:AssumeRole'])(
    'for want of %s, the strikes of the account are missing and it is a failure there',
    async (action) => {
      const { place, sandbox, observe } = aWorld();
      const strike = strikeOn(place.autoScalingGroup({ name: 'web', desired: 2, tags: optIn }));
      sandbox.disruptions.deny({ action });
      const { value: found, failures } = await observe(strike);
      expect(found.size).toBe(0);
      expect(failures).toMatchObject([{ stage: 'verify', account: one, region }]);
    },
  );

  test('launches that cannot be read are a failure of that group, and the rest is told without them', async () => {
    const { place, sandbox, observe } = aWorld();
    const strike = strikeOn(place.autoScalingGroup({ name: 'web', desired: 2, tags: optIn }));
    sandbox.disruptions.deny({ action: 'autoscaling:DescribeScalingActivities' });
    const { value: found, failures } = await observe(strike);
    expect(found.get(strikeKey(strike))).toMatchObject({ group: { desired: 2 }, launchesEnded: [] });
    expect(failures).toMatchObject([{ stage: 'verify', code: 'AccessDenied', group: strike.group }]);
  });

  test('no strikes cost no call', async () => {
    const { observe, calls } = aWorld();
    expect(await observe()).toEqual({ value: new Map(), failures: [] });
    expect(calls).toEqual([]);
  });
});
