import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '#core/permissions.ts';
import type { Order } from '#core/ports.ts';
import { aConfig } from '../support/a-config.ts';
import { aRunContext, aSandboxWorld } from '../support/a-sandbox-world.ts';

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
  return group.members.map(({ instance }) => ({
    fault,
    target: {
      account,
      region,
      group: `${account}/${region}/asg/${name}`,
      autoScalingGroup: name,
      instanceId: instance.id,
      zone: instance.zone,
      arns: {
        instance: `arn:aws:ec2:${region}:${account}:instance/${instance.id}`,
        autoScalingGroup: group.arn,
      },
    },
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
  const { found, failures } = await world.striker.open(orders, aRunContext());
  const details = await Promise.all(
    found.flatMap((session) =>
      session.orders.map((order) => session.strike(order, world.clock.now() + 5_000)),
    ),
  );
  return { sessions: found, failures, details };
}

describe('strikes', () => {
  test('terminate the ordered instance and leave its neighbours alone', async () => {
    const world = aSandboxWorld();
    const [victim, ...neighbours] = ordersOn(world, 3);
    if (victim === undefined) throw new Error('the group is empty');
    const { details } = await strikeAll(world, [victim]);
    expect(details).toEqual(['running -> shutting-down']);
    const states = statesOf(world);
    expect(states.get(victim.target.instanceId)).toBe('shutting-down');
    for (const { target } of neighbours) expect(states.get(target.instanceId)).toBe('running');
  });

  test.each([
    ['ec2-stop', {}, 'running -> stopping', 'stopping'],
    ['ec2-reboot', {}, 'rebooting', 'running'],
    ['ec2-terminate', { via: 'autoscaling' }, 'terminating, told to its Auto Scaling group', 'shutting-down'],
  ])('%s %j', async (name, parameters, detail, state) => {
    const world = aSandboxWorld();
    const [victim] = ordersOn(world, 2, { fault: { name, parameters } as never });
    if (victim === undefined) throw new Error('the group is empty');
    expect((await strikeAll(world, [victim])).details).toEqual([detail]);
    expect(statesOf(world).get(victim.target.instanceId)).toBe(state);
  });

  test('open one session an account while the policy fits, naming exactly the ordered ARNs', async () => {
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

  test('open as many sessions as the 2,048 characters of a session policy make necessary, and reach every target', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 60);
    const { sessions, failures, details } = await strikeAll(world, orders);
    expect(failures).toEqual([]);
    expect(details).toHaveLength(60);
    expect(sessions.flatMap((session) => session.orders)).toEqual(orders);
    const lengths = world.calls
      .filter(({ action }) => action === 'sts:AssumeRole')
      .map(({ input }) => (input as { Policy: string }).Policy.length);
    expect(lengths).toHaveLength(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2_048);
  });

  test('split a session whose policy STS cannot pack', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 8);
    const tooLarge = () =>
      Object.assign(new Error('packed policy too large'), {
        name: 'PackedPolicyTooLargeException',
        $metadata: { httpStatusCode: 400 },
      });
    world.sandbox.trouble.fail(
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

  test('an account whose role cannot be assumed is a failure for each of its orders; the others are struck', async () => {
    const world = aSandboxWorld(aConfig({ accounts: [one, two] }));
    const [denied, allowed] = [ordersOn(world, 2), ordersOn(world, 2, { account: two })];
    world.sandbox.trouble.deny({
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

  test('no orders cost no call', async () => {
    const world = aSandboxWorld();
    expect(await world.striker.open([], aRunContext())).toEqual({ found: [], failures: [] });
    expect(world.calls).toEqual([]);
  });

  test('a strike that AWS refuses throws what AWS says', async () => {
    const world = aSandboxWorld();
    const orders = ordersOn(world, 1);
    world.sandbox.trouble.deny({ action: 'ec2:TerminateInstances' });
    await expect(strikeAll(world, orders)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});
