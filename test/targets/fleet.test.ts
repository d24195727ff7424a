import { describe, expect, test } from 'vitest';
import type { Fault } from '#core/model/fault.ts';
import { strikeKey } from '#core/model/strike.ts';
import { Target } from '#core/model/target.ts';
import { faults } from '#faults/registry.ts';
import { awsFleet } from '#targets/fleet.ts';
import { instances } from '#targets/instances/kind.ts';
import type { InstanceTypes } from '#targets/instances/model.ts';
import type { KindReader } from '#targets/kind-reader.ts';
import { kindReaders } from '#targets/reader-registry.ts';
import { aStrikeEntry } from '../support/a-claim.ts';
import { aGroup } from '../support/a-group.ts';
import { anInspection } from '../support/a-guard-context.ts';
import { aRunContext, aSandboxWorld } from '../support/a-sandbox-world.ts';
import { aTarget } from '../support/a-target.ts';

const place = { account: '222222222222', region: 'eu-west-1' };
const orders = { ...aGroup({ kind: 'queue', name: 'orders' }), members: [] };

/** A kind of target beside the instances. */
const queues: KindReader<InstanceTypes> = {
  of: {
    ...instances,
    ...{ kind: 'queue', groupKinds: ['queue'], arnPatterns: {}, facts: Target.shape.facts },
    readPermissions: [{ action: 'sqs:ListQueues' }],
  },
  discover: () => [Promise.resolve([orders])],
  find: async (name) => (name === orders.name ? [orders] : []),
  inspect: async (groups) => new Map(groups.map((group) => [group.key, anInspection(group)])),
  protectionsOf: async () => ['stop'],
  observe: async (strikes) => ({
    value: new Map(
      strikes.map((strike) => [
        strikeKey(strike),
        {
          group: orders,
          target: { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
          launchesEnded: [],
          isScaling: false,
        },
      ]),
    ),
    failures: [],
  }),
};

/** Without a fault that is enabled for it, a kind is not looked at. */
const purge = { ...(faults.get('ec2-reboot') as Fault), name: 'purge', kind: 'queue' };

function aWorldOf(...others: readonly KindReader<InstanceTypes>[]) {
  const world = aSandboxWorld();
  const { clients, clock, sandbox } = world;
  const config = {
    ...world.config,
    faults: [...world.config.faults, { name: purge.name, parameters: {} }],
  };
  const policies: string[] = [];
  const sessions = {
    ...world.sessions,
    openReadOnly: (...[account, policy, run]: Parameters<typeof world.sessions.openReadOnly>) => {
      policies.push(JSON.stringify(policy));
      return world.sessions.openReadOnly(account, policy, run);
    },
  };
  const tags = { 'chaos:opt-in': 'true' };
  const web = sandbox
    .account(place.account)
    .region(place.region)
    .autoScalingGroup({ name: 'web', desired: 2, tags });
  const fleet = awsFleet({
    readers: [...kindReaders, ...others],
    clients,
    sessions,
    config,
    faults: new Map([...faults, [purge.name, purge]]),
    clock,
    concurrency: 4,
  });
  const struck = (target: Target) => aStrikeEntry({ group: target.group, target });
  const strikes = [
    struck(aTarget({ id: web.members[0]?.instance.id ?? '', arns: { autoScalingGroup: web.arn } })),
    struck(aTarget({ kind: 'queue', id: 'orders', group: orders.key, arns: {}, facts: {} })),
  ] as const;
  return { fleet, config, policies, strikes };
}

describe('a fleet of several kinds of target', () => {
  const webKey = aGroup({ name: 'web' }).key;

  test('surveys and finds the groups of all of them, in a session that may look at all of them', async () => {
    const { fleet, config, policies } = aWorldOf(queues);
    const survey = await fleet.survey(config.accounts, aRunContext(), ({ key }) => key);
    expect(survey).toEqual({ value: { seen: [webKey, orders.key], regionsSurveyed: 1 }, failures: [] });
    expect((await fleet.find([place], 'orders', aRunContext())).value).toEqual(
      new Map([[orders.key, orders]]),
    );
    for (const policy of policies) expect(policy).toMatch(/ec2:DescribeInstance.*sqs:ListQueues/);
  });

  test('asks each kind about its own', async () => {
    const { fleet, config, strikes } = aWorldOf(queues);
    const { value } = await fleet.survey(config.accounts, aRunContext(), (group) => group);
    const inspected = await fleet.inspect(value.seen, aRunContext());
    expect([...inspected.value.keys()]).toEqual([webKey, orders.key]);
    expect(inspected.value.get(webKey)).toHaveProperty('instances.length', 2);
    const observed = await fleet.observe(strikes, aRunContext());
    expect(observed.failures).toEqual([]);
    expect([...observed.value.values()].map(({ group }) => group?.key)).toEqual([webKey, orders.key]);
    expect(await fleet.protectionsOf(strikes[1].target, aRunContext())).toEqual(['stop']);
  });

  test('sees the others where one cannot be looked at', async () => {
    const fail = () => Promise.reject(new Error('queues are down'));
    const { fleet, config, strikes } = aWorldOf({
      ...queues,
      inspect: fail,
      observe: fail,
      discover: () => [fail()],
    });
    const survey = await fleet.survey(config.accounts, aRunContext(), (group) => group);
    expect(survey.value.seen.map(({ key }) => key)).toEqual([webKey]);
    const inspected = await fleet.inspect([...survey.value.seen, orders], aRunContext());
    expect([...inspected.value.keys()]).toEqual([webKey]);
    const observed = await fleet.observe(strikes, aRunContext());
    expect(observed.value.size).toBe(1);
    for (const { failures } of [survey, inspected, observed]) {
      expect(failures).toMatchObject([{ ...place, message: 'queues are down' }]);
    }
  });

  test('says of a target that another version struck that it does not know its kind', async () => {
    const { fleet, strikes } = aWorldOf();
    const observed = await fleet.observe(strikes, aRunContext());
    expect(observed.value.size).toBe(1);
    expect(observed.failures).toMatchObject([{ ...place, stage: 'verify', code: 'UnknownKind' }]);
    await expect(fleet.protectionsOf(strikes[1].target, aRunContext())).rejects.toThrow('does not know');
  });
});
