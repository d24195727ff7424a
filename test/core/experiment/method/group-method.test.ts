import { describe, expect, test } from 'vitest';
import { sandboxWorld } from '#cli/sandbox/sandbox-world.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { MethodStep, Select } from '#core/model/experiment.ts';
import { type MemberSeed, usualMembers } from '#sandbox/auto-scaling/group-seed.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { aConfig } from '../../../support/a-config.ts';

const id = '20261123T090000Z-00000001';

const beside = { over: new AbortController().signal, struck: () => {} };

const lose = (select: Select): MethodStep => ({
  name: 'lose',
  fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
  target: { kind: 'asg', names: ['web'], select },
  holdMs: 60_000,
  startAfter: [],
});

/** A group of instances over three zones, and the method of an experiment on it. */
function aGroup(members: readonly MemberSeed[]) {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const config = {
    ...aConfig({ guards: { minInstanceAgeMinutes: 0, minGroupAgeMinutes: 0 } }),
    leashed: false,
  };
  const [{ id: account, regions: [region = ''] = [] } = { id: '' }] = config.accounts;
  const newSecret = () => 'ab'.repeat(32);
  const { sandbox, world } = sandboxWorld({ config, clock, journal, newSecret, fleet: () => {} });
  sandbox
    .account(account)
    .region(region)
    .autoScalingGroup({ name: 'web', desired: members.length, members, tags: { 'chaos:opt-in': 'true' } });
  return worldMethod(id, world, async () => new Map());
}

describe('the method of an experiment, on a group of instances', () => {
  test('strikes as many of them in one step as it selects, round by round', async () => {
    const method = aGroup(usualMembers(6));
    const resolved = await method.resolve(lose({ percent: 50 }), 1);
    expect(resolved).toMatchObject({ found: 6, wanted: 3, allowed: 3 });
    const { strikes, failures } = await method.strike(lose({ percent: 50 }), resolved, 1, beside);
    expect(failures).toEqual([]);
    expect(strikes.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(new Set(strikes.map(({ target }) => target.id)).size).toBe(3);
  });

  test('begins no round once it is over, and tells of the first that something is in place', async () => {
    const method = aGroup(usualMembers(6));
    const resolved = await method.resolve(lose({ percent: 50 }), 1);
    const over = new AbortController();
    const { strikes } = await method.strike(lose({ percent: 50 }), resolved, 1, {
      over: over.signal,
      struck: () => over.abort(),
    });
    expect(strikes.map(({ outcome }) => outcome)).toEqual(['succeeded']);
  });

  test('strikes nothing of a group that is short of instances for another reason', async () => {
    const short = aGroup([...usualMembers(5), { health: 'Unhealthy' }]);
    const other = await short.resolve(lose({ count: 1 }), 1);
    expect(other).toMatchObject({ found: 0, spared: [{ reason: { code: 'group-degraded' } }] });
  });
});
