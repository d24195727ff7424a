import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import { findGroup } from '#core/explain/find-group.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from '../../support/a-config.ts';
import { aRunContext, aSandboxWorld } from '../../support/a-sandbox-world.ts';

const config = (overrides: Partial<ConfigInput> = {}) =>
  aConfig({ accounts: ['222222222222'], regions: ['eu-west-1', 'us-east-1'], ...overrides });
const tags = { 'chaos:opt-in': 'true' };

/** What is said where a group is asked for that no survey shows, of a region as it is. */
async function said(
  arrange: (world: ReturnType<typeof aSandboxWorld>) => void,
  group: string,
  overrides: Partial<ConfigInput> = {},
) {
  const world = aSandboxWorld(config(overrides));
  arrange(world);
  const found = findGroup({ task: 'explain', group }, aRunContext(), { ...world, kinds });
  const error = await found.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { message: error?.message ?? 'found', calls: world.calls.map(({ action }) => action), world };
}
const region = ({ sandbox }: ReturnType<typeof aSandboxWorld>) =>
  sandbox.account('222222222222').region('eu-west-1');

describe('explain of a group that has not opted in', () => {
  test('says that the group lacks the tag, and which of its instances do as well', async () => {
    const { message } = await said((world) => {
      region(world).autoScalingGroup({ name: 'web', desired: 3, tags: {} });
    }, 'web');
    expect(message).toMatch(
      /expected a group that has opted in: 222222222222\/eu-west-1\/asg\/web exists, but the group has no tag chaos:opt-in=true; 3 of its 3 instances also lack it: (i-\w+, ){2}i-\w+, found "web"$/,
    );
  });

  test('says what the tag is instead', async () => {
    const { message } = await said((world) => {
      region(world).autoScalingGroup({ name: 'web', desired: 1, tags: { 'chaos:opt-in': 'yes' } });
    }, '222222222222/eu-west-1/asg/web');
    expect(message).toContain('the group has no tag chaos:opt-in=true (it has chaos:opt-in=yes)');
  });

  test('says of standalone instances that none of them has the tag', async () => {
    const { message } = await said((world) => {
      region(world).instance({ tags: { 'chaos:group': 'db' } });
    }, '222222222222/eu-west-1/tag/db');
    expect(message).toContain('tag/db exists, but none of its instances has the tag chaos:opt-in=true');
  });

  test('tells it from one that does not exist, whose key was looked for in its place alone', async () => {
    const { message } = await said((world) => {
      region(world).autoScalingGroup({ name: 'web', desired: 3, tags });
    }, '222222222222/eu-west-1/asg/wbe');
    expect(message).toContain('none of that name exists in 1 account-region, with or without the tag');
    expect(message).toContain('did you mean 222222222222/eu-west-1/asg/web?');
  });

  test('takes a group of the other kind for another', async () => {
    const { message } = await said((world) => {
      region(world).autoScalingGroup({ name: 'web', desired: 3, tags: {} });
    }, '222222222222/eu-west-1/tag/web');
    expect(message).toContain('none of that name exists');
  });

  test('looks for a bare name in 25 account-regions at most', async () => {
    const accounts = Array.from({ length: 13 }, (_, index) => String(222222222222 + index));
    const { message, calls } = await said(() => {}, 'web', { accounts });
    expect(message).toContain(
      'none of that name has, in 26 account-regions. To search without the tag, give its whole key',
    );
    // One of each kind for each account-region: the survey, and no more.
    expect(calls.filter((action) => action === 'autoscaling:DescribeAutoScalingGroups')).toHaveLength(26);
    const few = await said(() => {}, 'web', { accounts: accounts.slice(1) });
    expect(few.calls.filter((action) => action === 'autoscaling:DescribeAutoScalingGroups')).toHaveLength(48);
  });

  test('says that it is not known where the place could not be looked at', async () => {
    const { message } = await said(({ sandbox }) => {
      sandbox.disruptions.deny({ action: 'autoscaling:DescribeAutoScalingGroups' });
    }, '222222222222/eu-west-1/asg/web');
    expect(message).toContain('none of that name was seen in 1 account-region, not all of which could be');
  });
});
