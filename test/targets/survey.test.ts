import { describe, expect, test } from 'vitest';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aConfig } from '../support/a-config.ts';
import { aRunContext, aSandboxWorld, monday } from '../support/a-sandbox-world.ts';

const optIn = { 'chaos:opt-in': 'true' };
const [one, two] = ['222222222222', '333333333333'];
const wide = () => aConfig({ accounts: [one, two], regions: ['eu-west-1', 'us-east-1'] });

const asSeen = (group: InstanceGroup) => group;

describe('survey', () => {
  test('sees the opted-in groups of every account and region, and no others', async () => {
    const { sandbox, fleet, config } = aSandboxWorld(wide());
    sandbox.account(one).region('eu-west-1').autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    sandbox.account(one).region('eu-west-1').autoScalingGroup({ name: 'untagged', desired: 2 });
    sandbox.account(two).region('us-east-1').autoScalingGroup({ name: 'api', desired: 3, tags: optIn });
    sandbox
      .account(two)
      .region('us-east-1')
      .autoScalingGroup({ name: 'no', desired: 3, tags: { 'chaos:opt-in': 'false' } });

    const { value: found, failures } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(failures).toEqual([]);
    expect(found.regionsSurveyed).toBe(4);
    expect(found.seen.map(({ key, desired, members }) => [key, desired, members.length])).toEqual([
      [`${one}/eu-west-1/asg/web`, 2, 2],
      [`${two}/us-east-1/asg/api`, 3, 3],
    ]);
  });

  test('reads lifecycle and health of the members, and keeps only the tags that decide', async () => {
    const { sandbox, fleet, config } = aSandboxWorld();
    const group = sandbox
      .account(one)
      .region('eu-west-1')
      .autoScalingGroup({
        name: 'web',
        desired: 3,
        tags: { ...optIn, 'chaos:probability': '0.5', owner: 'ann' },
        members: [{}, { lifecycle: 'Standby' }, { health: 'Unhealthy' }, { lifecycle: 'Terminating:Wait' }],
      });
    const { value: found } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen).toMatchObject([
      {
        arn: group.arn,
        tags: { ...optIn, 'chaos:probability': '0.5' },
        members: [
          { healthy: true, lifecycle: 'InService', state: 'InService/Healthy', zone: 'eu-west-1a' },
          { healthy: false, lifecycle: 'Standby', state: 'Standby/Healthy', zone: 'eu-west-1b' },
          { healthy: false, lifecycle: 'InService', state: 'InService/Unhealthy', zone: 'eu-west-1c' },
          { healthy: false, lifecycle: 'Terminating:Wait', state: 'Terminating:Wait/Healthy' },
        ],
      },
    ]);
    expect(Object.keys(found.seen[0]?.tags ?? {})).not.toContain('owner');
  });

  test('reads when a group was made, what is suspended, and which members are protected from scale-in', async () => {
    const { sandbox, fleet, config } = aSandboxWorld();
    const createdAt = monday - 600_000;
    const group = sandbox
      .account(one)
      .region('eu-west-1')
      .autoScalingGroup({ name: 'web', desired: 2, tags: optIn, createdAt });
    group.suspend('Launch');
    group.suspend('HealthCheck');
    group.protectFromScaleIn(group.members[1]?.instance.id ?? '');
    const { value: found } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen).toMatchObject([
      {
        createdAt,
        suspendedProcesses: ['Launch', 'HealthCheck'],
        members: [{ protectedFromScaleIn: false }, { protectedFromScaleIn: true }],
      },
    ]);
  });

  test('keeps every tag that the configuration names, of groups and of standalone instances', async () => {
    const tags = { app: 'a', alarm: 'b', faults: 'c', minHealthy: 'd', meanDays: 'e', minDays: 'f' };
    const keys = { ...tags, group: 'g', probability: 'h', optIn: { key: 'i', value: 'yes' } };
    const worn = Object.fromEntries([...'abcdefgh'].map((key) => [key, `value of ${key}`]));
    const { sandbox, fleet, config } = aSandboxWorld(aConfig({ tags: keys }));
    const region = sandbox.account(one).region('eu-west-1');
    region.autoScalingGroup({ name: 'web', desired: 1, tags: { ...worn, i: 'yes', j: 'of no use' } });
    region.instance({ tags: { ...worn, i: 'yes', j: 'of no use' } });
    const { value: found } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen.map((group) => group.tags)).toEqual([
      { ...worn, i: 'yes' },
      { ...worn, i: 'yes' },
    ]);
  });

  test('groups standalone instances by their tag; all of them count for its health, stopped ones as missing', async () => {
    const { sandbox, fleet, config } = aSandboxWorld();
    const region = sandbox.account(one).region('eu-west-1');
    const tags = { 'chaos:group': 'workers' };
    const ids = [
      region.instance({ tags: { ...tags, ...optIn } }).id,
      region.instance({ tags }).id,
      region.instance({ tags: { ...tags, ...optIn }, state: 'stopped' }).id,
    ];
    region.instance({ tags: { ...tags, ...optIn }, state: 'terminated' });
    region.instance({ tags: { 'chaos:group': 'not-opted-in' } });
    region.instance({ tags: optIn });
    region.autoScalingGroup({ name: 'web', desired: 1, tags: { 'chaos:group': 'workers' } });

    const { value: found } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen).toMatchObject([
      {
        key: `${one}/eu-west-1/tag/workers`,
        kind: 'tag',
        desired: 3,
        createdAt: undefined,
        suspendedProcesses: [],
        members: ids.map((instanceId, index) => ({
          instanceId,
          healthy: index < 2,
          lifecycle: index < 2 ? 'running' : 'stopped',
          protectedFromScaleIn: false,
        })),
      },
    ]);
  });

  test('says on which tags the instances of a group disagree', async () => {
    const { sandbox, fleet, config } = aSandboxWorld();
    const region = sandbox.account(one).region('eu-west-1');
    for (const probability of ['0.1', '0.9']) {
      region.instance({ tags: { ...optIn, 'chaos:group': 'workers', 'chaos:probability': probability } });
    }
    const { value: found } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen[0]?.conflictingTags).toEqual(['chaos:probability']);
  });

  test.each<[string, Record<string, string>]>([
    ['another value', { 'chaos:opt-in': 'false' }],
    ['no such tag', {}],
  ])(
    'an instance with %s disagrees about the opt-in, and no call more is made to see it',
    async (_, other) => {
      const { sandbox, fleet, config, calls } = aSandboxWorld();
      const region = sandbox.account(one).region('eu-west-1');
      region.instance({ tags: { ...other, 'chaos:group': 'workers' } });
      region.instance({ tags: { ...optIn, 'chaos:group': 'workers' } });
      const { value: found } = await fleet.survey(config.accounts, aRunContext(), asSeen);
      expect(found.seen).toMatchObject([{ name: 'workers', conflictingTags: ['chaos:opt-in'] }]);
      expect(calls.filter(({ action }) => action === 'ec2:DescribeInstances')).toHaveLength(1);
    },
  );

  test('turns all pages: 250 groups and 2,100 instances', async () => {
    const { sandbox, fleet, config, calls } = aSandboxWorld();
    const region = sandbox.account(one).region('eu-west-1');
    for (let index = 0; index < 250; index += 1) {
      region.autoScalingGroup({ name: `g${index}`, desired: 1, tags: optIn });
    }
    for (let index = 0; index < 2_100; index += 1) {
      region.instance({ tags: { ...optIn, 'chaos:group': `s${index % 7}` } });
    }
    const { value: found } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen).toHaveLength(257);
    expect(found.seen.filter(({ kind }) => kind === 'tag').flatMap(({ members }) => members)).toHaveLength(
      2_100,
    );
    const pages = (action: string) => calls.filter((call) => call.action === action).length;
    expect(pages('autoscaling:DescribeAutoScalingGroups')).toBe(3);
    expect(pages('ec2:DescribeInstances')).toBe(3);
  });

  test('costs one AssumeRole an account and two calls a region', async () => {
    const { fleet, config, calls } = aSandboxWorld(wide());
    await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(calls.map(({ action }) => action).sort()).toEqual([
      ...Array(4).fill('autoscaling:DescribeAutoScalingGroups'),
      ...Array(4).fill('ec2:DescribeInstances'),
      ...Array(2).fill('sts:AssumeRole'),
    ]);
  });

  test('an account whose role cannot be assumed is one failure, and the others are seen', async () => {
    const { sandbox, fleet, config } = aSandboxWorld(wide());
    sandbox.account(two).region('eu-west-1').autoScalingGroup({ name: 'api', desired: 2, tags: optIn });
    sandbox.disruptions.deny({
      action: 'sts:AssumeRole',
      resource: `arn:aws:iam::${one}:role/chaos-monkey-target`,
    });
    const { value: found, failures } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen.map(({ name }) => name)).toEqual(['api']);
    expect(found.regionsSurveyed).toBe(2);
    expect(failures).toMatchObject([{ stage: 'assume-role', code: 'AccessDenied', account: one }]);
  });

  test('a region that stays throttled is a failure there; its other listing and the other regions are seen', async () => {
    const { sandbox, fleet, config } = aSandboxWorld(wide());
    for (const region of ['eu-west-1', 'us-east-1']) {
      sandbox.account(one).region(region).autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    }
    sandbox.disruptions.throttle({ account: one, region: 'us-east-1', action: 'ec2:DescribeInstances' });
    const { value: found, failures } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.seen.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    expect(found.regionsSurveyed).toBe(3);
    expect(failures).toMatchObject([
      { stage: 'survey', code: 'RequestLimitExceeded', account: one, region: 'us-east-1' },
    ]);
  });

  test('throttling that passes is waited out', async () => {
    const { sandbox, fleet, config, clock } = aSandboxWorld();
    sandbox.account(one).region('eu-west-1').autoScalingGroup({ name: 'web', desired: 2, tags: optIn });
    sandbox.disruptions.throttle({ action: 'autoscaling:DescribeAutoScalingGroups' }, 4);
    const { value: found, failures } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(failures).toEqual([]);
    expect(found.seen).toHaveLength(1);
    expect(clock.now()).toBeGreaterThan(monday);
  });

  test('past its deadline no account is begun, and each is a failure that says so', async () => {
    const { fleet, config, calls } = aSandboxWorld(wide());
    const { failures } = await fleet.survey(config.accounts, aRunContext({ surveyBy: monday }), asSeen);
    expect(calls).toEqual([]);
    expect(failures).toMatchObject([
      { stage: 'survey', code: 'DeadlineReached', account: one },
      { stage: 'survey', code: 'DeadlineReached', account: two },
    ]);
  });
});

describe('a region that is not enabled in an account', () => {
  const refusal = (name: string, message: string) => () =>
    Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 401 } });
  const refused = (regions: readonly string[], match: { readonly account?: string } = {}) => {
    const world = aSandboxWorld(aConfig({ accounts: [one, two], regions: ['eu-west-1', ...regions] }));
    for (const region of regions) {
      const ec2 = { ...match, region, action: 'ec2:DescribeInstances' };
      world.sandbox.disruptions.fail(ec2, refusal('AuthFailure', 'AWS was not able to validate'));
      const asg = { ...match, region, action: 'autoscaling:DescribeAutoScalingGroups' };
      world.sandbox.disruptions.fail(asg, refusal('InvalidClientTokenId', 'The security token is invalid'));
    }
    return world;
  };

  test('is one failure that says so, and the other regions are seen', async () => {
    const { fleet, config } = refused(['ap-southeast-3'], { account: one });
    const { value: found, failures } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(found.regionsSurveyed).toBe(3);
    expect(failures).toMatchObject([
      {
        stage: 'survey',
        account: one,
        region: 'ap-southeast-3',
        message: expect.stringMatching(/ap-southeast-3 may not be enabled in this account.*remove it/),
      },
    ]);
  });

  test('is suspected of the only region of an account', async () => {
    const { fleet, config } = refused(['ap-southeast-3']);
    const accounts = config.accounts.map((account) => ({ ...account, regions: ['ap-southeast-3'] }));
    const { failures } = await fleet.survey(accounts, aRunContext(), asSeen);
    expect(failures).toMatchObject(
      [one, two].map((account) => ({ account, message: expect.stringContaining('not be enabled') })),
    );
  });

  test('is not suspected where no region of an account takes the credentials', async () => {
    const { fleet, config } = refused(['ap-southeast-3', 'me-south-1']);
    const accounts = config.accounts.map((account) => ({
      ...account,
      regions: ['ap-southeast-3', 'me-south-1'],
    }));
    const { failures } = await fleet.survey(accounts, aRunContext(), asSeen);
    expect(failures).toHaveLength(8);
    for (const { message } of failures) expect(message).not.toContain('enabled');
  });

  test('is not suspected where only one of the calls is refused, or for another reason', async () => {
    const { sandbox, fleet, config } = aSandboxWorld(wide());
    const action = 'ec2:DescribeInstances';
    const expired = refusal('RequestExpired', 'too late');
    sandbox.disruptions.fail({ account: one, region: 'eu-west-1', action }, expired);
    sandbox.disruptions.fail({ account: two, region: 'eu-west-1', action }, refusal('AuthFailure', 'no'));
    const { failures } = await fleet.survey(config.accounts, aRunContext(), asSeen);
    expect(failures).toMatchObject([
      { code: 'RequestExpired', message: 'too late' },
      { code: 'AuthFailure', message: 'no' },
    ]);
  });
});
