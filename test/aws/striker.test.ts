import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import type { Order } from '#core/model/strike.ts';
import type { PolicyDocument } from '#core/permissions/policy-document.ts';
import { aConfig } from '../support/a-config.ts';
import { aRunContext, aSandboxWorld } from '../support/a-sandbox-world.ts';
import { aTarget } from '../support/a-target.ts';

const optIn = { 'chaos:opt-in': 'true' };
const [one, two] = ['222222222222', '333333333333'];
type World = ReturnType<typeof aSandboxWorld>;

/** Orders on the first instances of a group that is put into the account for it. */
function ordersOn(
  { sandbox }: World,
  size: number,
  {
    account = one,
    region = 'eu-west-1',
    name = 'web',
    fault = { name: 'ec2-terminate', parameters: { via: 'ec2' } },
  } = {},
): Order[] {
  const group = sandbox
    .account(account)
    .region(region)
    .autoScalingGroup({ name, desired: size, tags: optIn });
  const targetOn = (arn: string, id: string) => {
    const target = aTarget({ id, group: `${account}/${region}/asg/${name}` });
    return { ...target, arns: { ...target.arns, autoScalingGroup: arn } };
  };
  return group.members.map(({ instance }) => ({
    fault,
    app: undefined,
    healthy: size,
    version: 0,
    target: targetOn(group.arn, instance.id),
  }));
}

const statesOf = ({ sandbox }: World, account = one, region = 'eu-west-1') =>
  new Map(
    sandbox
      .account(account)
      .region(region)
      .instances()
      .map(({ id, state }) => [id, state]),
  );

async function strikeAll(world: World, orders: readonly Order[]) {
  const { value: found, failures } = await world.striker.open(orders, aRunContext());
  const outcomes = await Promise.all(
    found.flatMap((session) =>
      session.orders.map((order) => session.strike(order, world.clock.now() + 5_000)),
    ),
  );
  return { sessions: found, failures, outcomes };
}

describe('strikes', () => {
  test('terminate the ordered instance and leave its neighbors alone', async () => {
    const world = aSandboxWorld();
    const [victim, ...neighbors] = ordersOn(world, 3);
    if (victim === undefined) throw new Error('the group is empty');
    const { outcomes } = await strikeAll(world, [victim]);
    expect(outcomes).toEqual([{ outcome: 'succeeded', detail: 'running -> shutting-down' }]);
    const states = statesOf(world);
    expect(states.get(victim.target.id)).toBe('shutting-down');
    for (const { target } of neighbors) expect(states.get(target.id)).toBe('running');
  });

  test('open one session per account while the policy fits, naming exactly the ordered ARNs', async () => {
    const world = aSandboxWorld(aConfig({ accounts: [one, two], regions: ['eu-west-1', 'us-east-1'] }));
    const orders = [
      ...ordersOn(world, 2),
      ...ordersOn(world, 2, { region: 'us-east-1' }),
      ...ordersOn(world, 2, { account: two }),
    ];
    const { sessions } = await strikeAll(world, orders);
    expect(sessions.map((session) => session.orders.length)).toEqual([4, 2]);
    const policies = world.calls
      .filter(({ action }) => action === 'sts:AssumeRole')
      .map(({ input }) => JSON.parse((input as { Policy: string }).Policy) as PolicyDocument);
    expect(policies.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource))).toEqual(
      orders.map(({ target }) => target.arns.instance),
    );
    expect(policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))).toEqual([
      'ec2:TerminateInstances',
      'ec2:TerminateInstances',
    ]);
  });

  test('open as many sessions as the limit of 2,048 characters per session policy requires, and reach every target', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 60);
    const { sessions, failures, outcomes } = await strikeAll(world, orders);
    expect(failures).toEqual([]);
    expect(outcomes).toHaveLength(60);
    expect(sessions.flatMap((session) => session.orders)).toEqual(orders);
    const lengths = world.calls
      .filter(({ action }) => action === 'sts:AssumeRole')
      .map(({ input }) => (input as { Policy: string }).Policy.length);
    expect(lengths).toHaveLength(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2_048);
  });

  test.each([
    ['targets of another kind', { kind: 'queue' }, 'ec2-terminate is not done to targets of kind queue'],
    ['a target that is not as its kind knows it', { facts: {} }, /zone/],
  ])('do not touch %s', async (_, overrides, why) => {
    const world = aSandboxWorld();
    const [order] = ordersOn(world, 1);
    if (order === undefined) throw new Error('the group is empty');
    const odd = { ...order, target: { ...order.target, ...overrides } };
    const { outcomes } = await strikeAll(world, [odd]);
    expect(outcomes).toEqual([{ outcome: 'failed', detail: expect.stringMatching(why) }]);
    expect(statesOf(world).get(order.target.id)).toBe('running');
  });

  test('split a session whose policy STS cannot pack', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 8);
    const tooLarge = () =>
      Object.assign(new Error('packed policy too large'), {
        name: 'PackedPolicyTooLargeException',
        $metadata: { httpStatusCode: 400 },
      });
    world.sandbox.disruptions.fail(
      ({ action, input }) =>
        action === 'sts:AssumeRole' && (input as { Policy: string }).Policy.split('instance/').length > 4,
      tooLarge,
    );
    const { sessions, failures } = await strikeAll(world, orders);
    expect(failures).toEqual([]);
    expect(sessions.map((session) => session.orders.length)).toEqual([2, 2, 2, 2]);
  });

  test('carry the run id as session name and source identity', async () => {
    const world = aSandboxWorld();
    await strikeAll(world, ordersOn(world, 1));
    const { runId } = aRunContext();
    expect(world.calls.find(({ action }) => action === 'sts:AssumeRole')?.input).toMatchObject({
      RoleArn: `arn:aws:iam::${one}:role/chaos-monkey-target`,
      RoleSessionName: runId,
      SourceIdentity: runId,
      ExternalId: 'chaos-test',
      DurationSeconds: 900,
    });
    expect(world.calls.at(-1)?.caller).toBe(`arn:aws:sts::${one}:assumed-role/chaos-monkey-target/${runId}`);
  });

  test('fail for each order of an account whose role cannot be assumed; other accounts are struck', async () => {
    const world = aSandboxWorld(aConfig({ accounts: [one, two] }));
    const [denied, allowed] = [ordersOn(world, 2), ordersOn(world, 2, { account: two })];
    world.sandbox.disruptions.deny({
      action: 'sts:AssumeRole',
      resource: `arn:aws:iam::${one}:role/chaos-monkey-target`,
    });
    const { sessions, failures } = await strikeAll(world, [...denied, ...allowed]);
    expect(sessions.flatMap((session) => session.orders)).toEqual(allowed);
    expect(failures).toMatchObject(
      denied.map(() => ({
        stage: 'assume-role',
        code: 'AccessDenied',
        account: one,
        group: `${one}/eu-west-1/asg/web`,
      })),
    );
    expect([...statesOf(world).values()]).toEqual(['running', 'running']);
  });

  test('make no call without orders', async () => {
    const world = aSandboxWorld();
    expect(await world.striker.open([], aRunContext())).toEqual({ value: [], failures: [] });
    expect(world.calls).toEqual([]);
  });
});

describe('the outcome of a strike', () => {
  const action = 'ec2:TerminateInstances';
  const answers = (status: number, name: string) => () =>
    Object.assign(new Error('said AWS'), { name, $fault: 'client', $metadata: { httpStatusCode: status } });
  const noConnection = () => Object.assign(new Error('connect ETIMEDOUT'), { name: 'TimeoutError' });
  /** One strike through EC2, and how often AWS was asked. */
  const struck = async (world: World, until = world.clock.now() + 60_000) => {
    const orders = ordersOn(world, 1);
    const { value: found } = await world.striker.open(orders, aRunContext());
    const [session, order] = [found[0], orders[0]];
    if (session === undefined || order === undefined) throw new Error('no session');
    const outcome = await session.strike(order, until);
    const asked = world.calls.filter((call) => call.action === action).length;
    return { ...outcome, asked, state: statesOf(world).get(order.target.id) };
  };

  test('is failed if the first answer is a refusal', async () => {
    const world = aSandboxWorld();
    world.sandbox.disruptions.deny({ action });
    expect(await struck(world)).toEqual({
      outcome: 'failed',
      detail: expect.stringMatching(/^UnauthorizedOperation: You are not authorized.*TerminateInstances/),
      isRefusal: true,
      asked: 1,
      state: 'running',
    });
  });

  test('is failed for an instance that is protected', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 1);
    const id = orders[0]?.target.id ?? '';
    world.sandbox.account(one).region('eu-west-1').instanceAt(world.clock.now(), id)?.protect();
    const { outcomes } = await strikeAll(world, orders);
    expect(outcomes).toMatchObject([
      { outcome: 'failed', detail: expect.stringMatching(/^OperationNotPermitted: /) },
    ]);
  });

  test.each([
    [400, 'UnsupportedOperation', true],
    [400, 'OperationNotPermitted', true],
    [400, 'IncorrectInstanceState', false],
    [400, 'InvalidInstanceID.NotFound', false],
    [403, 'UnauthorizedOperation', true],
    [400, 'NobodyKnows', true],
    [400, 'RequestExpired', false],
    [401, 'AuthFailure', false],
    [400, 'ScalingActivityInProgress', false],
    [400, 'Throttling', false],
  ])('of %i %s is a lasting refusal: %s', async (status, code, isRefusal) => {
    const world = aSandboxWorld();
    world.sandbox.disruptions.fail({ action }, answers(status, code));
    const { outcomes } = await strikeAll(world, ordersOn(world, 1));
    expect(outcomes).toEqual([
      { outcome: 'failed', detail: `${code}: said AWS`, ...(isRefusal && { isRefusal }) },
    ]);
  });

  test('is failed if every attempt was throttled or refused', async () => {
    const throttled = aSandboxWorld();
    throttled.sandbox.disruptions.throttle({ action });
    expect(await struck(throttled)).toMatchObject({
      outcome: 'failed',
      detail: 'RequestLimitExceeded: Request limit exceeded.',
      state: 'running',
    });

    const refused = aSandboxWorld();
    refused.sandbox.disruptions.throttle({ action }, 2);
    refused.sandbox.disruptions.deny({ action });
    expect(await struck(refused)).toMatchObject({ outcome: 'failed', asked: 3, state: 'running' });
  });

  test('is succeeded if an attempt succeeds in the end', async () => {
    const world = aSandboxWorld();
    world.sandbox.disruptions.throttle({ action }, 1);
    world.sandbox.disruptions.loseAnswer({ action }, 1);
    expect(await struck(world)).toEqual({
      outcome: 'succeeded',
      detail: 'shutting-down -> shutting-down',
      asked: 3,
      state: 'shutting-down',
    });
  });

  test.each([
    ['ec2-terminate', { via: 'ec2' }, 'terminate', 'shutting-down -> shutting-down'],
    ['ec2-stop', {}, 'stop', 'stopping -> stopping'],
  ] as const)(
    'is failed where somebody else was quicker: %s %j after a %s',
    async (name, parameters, end, change) => {
      const world = aSandboxWorld();
      const [victim] = ordersOn(world, 2, { fault: { name, parameters } as never });
      if (victim === undefined) throw new Error('the group is empty');
      const now = world.clock.now();
      world.sandbox.account(one).region('eu-west-1').instanceAt(now, victim.target.id)?.[end](now);
      expect((await strikeAll(world, [victim])).outcomes).toEqual([
        { outcome: 'failed', detail: `AlreadyEnded: somebody else had already ended it: ${change}` },
      ]);
    },
  );

  test('is succeeded if somebody else had only stopped the instance, as this call terminates it', async () => {
    const world = aSandboxWorld();
    const [victim] = ordersOn(world, 2);
    if (victim === undefined) throw new Error('the group is empty');
    const now = world.clock.now();
    const { id: instanceId } = victim.target;
    const region = world.sandbox.account(one).region('eu-west-1');
    region.instanceAt(now, instanceId)?.stop(now);
    const { outcomes } = await strikeAll(world, [victim]);
    expect(outcomes).toEqual([{ outcome: 'succeeded', detail: 'stopping -> shutting-down' }]);
  });

  test('is failed if somebody else was faster while the call was throttled', async () => {
    const world = aSandboxWorld();
    const [victim] = ordersOn(world, 2);
    if (victim === undefined) throw new Error('the group is empty');
    world.sandbox.disruptions.throttle({ action }, 2);
    const now = world.clock.now();
    world.sandbox.account(one).region('eu-west-1').instanceAt(now, victim.target.id)?.terminate(now);
    expect((await strikeAll(world, [victim])).outcomes).toMatchObject([{ outcome: 'failed' }]);
  });

  test('is unknown if the answer was lost, whether or not the call took effect', async () => {
    const done = aSandboxWorld();
    done.sandbox.disruptions.loseAnswer({ action });
    expect(await struck(done)).toMatchObject({
      outcome: 'unknown',
      detail: 'TimeoutError: socket hang up',
      state: 'shutting-down',
    });

    const notDone = aSandboxWorld();
    notDone.sandbox.disruptions.fail({ action }, noConnection);
    expect(await struck(notDone)).toMatchObject({ outcome: 'unknown', state: 'running' });
  });

  test('is unknown if an answer was lost and a later attempt was refused', async () => {
    const world = aSandboxWorld();
    world.sandbox.disruptions.loseAnswer({ action }, 1);
    world.sandbox.disruptions.deny({ action });
    expect(await struck(world)).toEqual({
      outcome: 'unknown',
      detail: expect.stringMatching(/^UnauthorizedOperation: /),
      asked: 2,
      state: 'shutting-down',
    });
  });

  test.each([500, 502, 503])('is unknown after a server error: %i', async (status) => {
    const world = aSandboxWorld();
    world.sandbox.disruptions.fail({ action }, answers(status, 'InternalError'));
    expect(await struck(world)).toMatchObject({ outcome: 'unknown', detail: 'InternalError: said AWS' });
  });

  test('is failed without a call if there is no such fault or no time', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 1, { fault: { name: 'ec2-melt', parameters: {} } as never });
    expect((await strikeAll(world, orders)).outcomes).toEqual([
      { outcome: 'failed', detail: 'Error: no fault is named ec2-melt' },
    ]);
    expect(await struck(world, world.clock.now())).toMatchObject({
      outcome: 'failed',
      detail: 'DeadlineReached: no time was left to call AWS',
      asked: 0,
      state: 'running',
    });
  });

  test('is failed without a call if its turn in the queue came too late', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 1);
    const { value: found } = await world.striker.open(orders, aRunContext());
    const [session, order] = [found[0], orders[0]];
    if (session === undefined || order === undefined) throw new Error('no session');
    // As many calls as may be in flight are, for a minute.
    world.sandbox.disruptions.slow({ action: 'ec2:DescribeInstances' }, 60_000);
    const busy = Array.from({ length: 16 }, () =>
      world.clients(EC2Client, { region: 'eu-west-1' }).send(new DescribeInstancesCommand()),
    );
    const outcome = await session.strike(order, world.clock.now() + 30_000);
    await Promise.all(busy);
    expect(outcome).toEqual({
      outcome: 'failed',
      detail: 'DeadlineReached: no time was left to call AWS',
    });
    expect(world.calls.map((call) => call.action)).not.toContain(action);
  });

  test('has a detail of limited length', async () => {
    const world = aSandboxWorld();
    world.sandbox.disruptions.fail({ action }, () =>
      Object.assign(new Error('x'.repeat(5_000)), { name: 'E' }),
    );
    expect((await struck(world)).detail.length).toBeLessThan(500);
  });
});
