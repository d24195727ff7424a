import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { demonstrationFleet, onboard } from '#sandbox/scenario.ts';
import { DisruptableSandbox } from '../support/disruptions.ts';
import example from '../support/example/chaos.config.ts';

const config = parseConfig(example, faults);
const now = Date.parse('2026-11-23T09:00:00Z');

function demonstration(of = config) {
  const clock = new VirtualClock({ startsAt: now });
  const sandbox = new DisruptableSandbox({
    clock,
    caller: { account: of.master.account, roleName: 'chaos-monkey' },
  });
  const master = onboard(sandbox, of);
  demonstrationFleet(sandbox, of);
  const regions = of.accounts.flatMap(({ id, regions: names }) =>
    names.map((name) => sandbox.account(id).region(name)),
  );
  const groups = regions.flatMap((region) => [...region.groupsAt(now).values()]);
  const instances = regions.flatMap((region) => region.instances());
  return { sandbox, master, regions, groups, instances };
}

describe('onboard', () => {
  test('creates the role of every target account, and the table and topic of the master', () => {
    const { sandbox, master } = demonstration();
    for (const { id, roleName, externalId } of config.accounts) {
      expect([...sandbox.account(id).roles.values()]).toEqual([
        {
          name: roleName,
          arn: `arn:aws:iam::${id}:role/${roleName}`,
          account: id,
          trust: { principal: sandbox.callerRole, externalId },
          policy: undefined,
        },
      ]);
    }
    expect(master.table.keys).toEqual(['pk', 'sk']);
    const { account, region } = config.master;
    expect(sandbox.account(account).region(region).topics.get(master.topic.arn)).toBe(master.topic);
  });
});

describe('the demonstration fleet', () => {
  test('is spread over every account and region of the configuration', () => {
    const { regions } = demonstration();
    expect(regions).toHaveLength(5);
    for (const region of regions) expect(region.instances().length).toBeGreaterThan(0);
  });

  test('has 10 to 15 groups, with all kinds of reasons to strike or to spare', () => {
    const { groups, instances } = demonstration();
    const standalone = new Set(
      instances.flatMap(({ tags }) => (tags['chaos:group'] === undefined ? [] : [tags['chaos:group']])),
    );
    expect(groups.length + standalone.size).toBeGreaterThanOrEqual(10);
    expect(groups.length + standalone.size).toBeLessThanOrEqual(15);
    const healthy = (group: (typeof groups)[number]) =>
      group.members.filter(
        (member) => group.lifecycleOf(member, now) === 'InService' && member.health === 'Healthy',
      ).length;
    const optedIn = groups.filter(({ tags }) => tags['chaos:opt-in'] === 'true');
    const probabilities = optedIn.map(({ tags }) => tags['chaos:probability']);
    expect(probabilities).toEqual(expect.arrayContaining(['1', '0', 'often', undefined]));
    expect(optedIn.some((group) => healthy(group) < group.desired)).toBe(true);
    expect(optedIn.some(({ desired }) => desired === 1)).toBe(true);
    expect(groups.some(({ tags }) => tags['chaos:opt-in'] === undefined)).toBe(true);
    expect(optedIn.some(({ propagateTags }) => !propagateTags)).toBe(true);
    expect(standalone.size).toBe(1);
    expect(instances.some(({ tags }) => tags['chaos:opt-in'] === undefined)).toBe(true);
  });

  test('is the same every time', () => {
    expect(demonstration().instances).toEqual(demonstration().instances);
  });

  test('uses the tag keys of the configuration', () => {
    const tags = {
      optIn: { key: 'monkey', value: 'yes' },
      probability: 'monkey-p',
      faults: 'monkey-f',
      group: 'monkey-g',
    };
    const { groups, instances } = demonstration(parseConfig({ ...example, tags }, faults));
    const keys = new Set([...groups, ...instances].flatMap((one) => Object.keys(one.tags)));
    expect([...keys].toSorted()).toEqual([
      'Name',
      'aws:autoscaling:groupName',
      'monkey',
      'monkey-f',
      'monkey-g',
      'monkey-p',
    ]);
  });
});
