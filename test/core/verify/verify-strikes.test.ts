import { describe, expect, test, vi } from 'vitest';
import { StrikeConflict, type StrikeEntry } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { World } from '#core/ports/world.ts';
import { verifyStrikes } from '#core/verify/verify-strikes.ts';
import type { InstanceGroup, InstanceObservation } from '#targets/instances/model.ts';
import { aBudget, aClaim } from '../../support/a-claim.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aTarget } from '../../support/a-target.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';

const web = aGroup({ name: 'web' });
/** Claimed at 09:00:01. */
const claim = aClaim({
  group: web.key,
  target: { ...aClaim().target, id: 'i-web-a' },
  budgets: [aBudget(), aBudget({ over: 'unverified' })],
});
const struckAt = Date.parse(claim.at);
const minutes = (count: number) => struckAt + count * 60_000;
const whereWeb = { account: '222222222222', region: 'eu-west-1', group: web.key };

const down = (group: InstanceGroup): InstanceGroup => ({ ...group, members: group.members.slice(1) });
const seen = (overrides: Partial<InstanceObservation> = {}): InstanceObservation => ({
  group: web,
  target: { instanceState: 'terminated', launchedAt: undefined, lifecycle: undefined },
  launchesEnded: [],
  isScaling: false,
  ...overrides,
});

/** A world with a strike of `web` that succeeded, and somebody to look after it. */
async function struck(
  observe: ((strike: StrikeEntry) => InstanceObservation | undefined) | undefined = () => seen(),
  strike = claim,
  outcome: 'succeeded' | 'unknown' = 'succeeded',
) {
  const clock = aClock(strike.at);
  const world = aWorld({ clock, observe, config: aConfig({ recovery: { withinMinutes: 30 } }) });
  await world.ledger.claim(strike);
  await world.ledger.begin(strike);
  await world.ledger.settle(strike, { outcome, detail: 'running -> shutting-down' });
  world.events.length = 0;
  return {
    world,
    /** Looks after it so many minutes after the strike. */
    verifyAfter: async (count: number, ledger: Partial<Ledger> = {}, parts: Partial<World> = {}) => {
      clock.set(minutes(count));
      return verifyStrikes(aRun(world), { ...world, ledger: { ...world.ledger, ...ledger }, ...parts });
    },
  };
}

const entryOf = async ({ ledger }: FakeWorld) => (await ledger.recentStrikes(web.key, 1)).found[0];
const groupRecordOf = async ({ ledger }: FakeWorld) =>
  (await ledger.groupRecords([web.key])).found.get(web.key);
const unverified = async ({ ledger }: FakeWorld) =>
  (await ledger.usage([aBudget({ over: 'unverified' })])).found;

describe('verifyStrikes', () => {
  test.each(['succeeded', 'unknown'] as const)(
    'a group that cannot be looked at for a day counts as not recovered, its strike %s',
    async (outcome) => {
      const { world, verifyAfter } = await struck(() => undefined, claim, outcome);
      expect((await verifyAfter(24 * 60 - 1)).recoveries).toEqual([]);
      expect(await unverified(world)).toEqual([1]);

      const { recoveries } = await verifyAfter(24 * 60);
      expect(recoveries).toMatchObject([{ group: web.key, recovery: { outcome: 'not-recovered' } }]);
      expect(await unverified(world)).toEqual([0]);
      expect((await groupRecordOf(world))?.leash?.reason).toContain('could not be observed for a day');
    },
  );

  test('with nothing open it looks at nothing', async () => {
    const world = aWorld();
    expect(await verifyStrikes(aRun(world), world)).toEqual({
      recoveries: [],
      closings: [],
      open: { ok: true, value: [] },
      unreadable: [],
      failures: [],
    });
    expect(world.events).toEqual([]);
  });

  describe('a group that is back', () => {
    test('has recovered, in the time until its replacement was in service', async () => {
      const launchesEnded = [minutes(2.5)];
      const { world, verifyAfter } = await struck(() => seen({ launchesEnded }));
      const { recoveries, open, failures } = await verifyAfter(10);
      const recovery = {
        outcome: 'recovered',
        at: '2026-11-23T09:10:01.000Z',
        tookMs: 150_000,
        exact: true,
        text: '3 of 3 desired are healthy',
      };
      expect(recoveries).toEqual([
        {
          group: web.key,
          target: claim.target,
          runId: claim.runId,
          slot: claim.slot,
          struckAt: claim.at,
          recovery,
        },
      ]);
      expect(failures).toEqual([]);
      expect(open).toEqual({ ok: true, value: [] });
      expect(world.verified).toEqual(recoveries);
      expect(await entryOf(world)).toMatchObject({ state: 'succeeded', recovery });
      expect(await unverified(world)).toEqual([0]);
      expect((await groupRecordOf(world))?.leash).toBeUndefined();
    });

    test.each<[string, Partial<InstanceObservation>, typeof claim]>([
      ['after several launches', { launchesEnded: [minutes(2), minutes(7)] }, claim],
      [
        'after a fault that leaves the instance where it is',
        { launchesEnded: [minutes(2)] },
        { ...claim, fault: { name: 'ec2-reboot', parameters: {} } },
      ],
    ])('%s took at most until it was seen', async (_, observation, strike) => {
      const { verifyAfter } = await struck(() => seen(observation), strike);
      const { recoveries } = await verifyAfter(10);
      expect(recoveries[0]?.recovery).toMatchObject({ outcome: 'recovered', tookMs: 600_000, exact: false });
    });

    test('because fewer are wanted now has taken no time that could be told', async () => {
      const { verifyAfter } = await struck(() => seen({ group: { ...down(web), desired: 2 } }));
      const { recoveries } = await verifyAfter(10);
      expect(recoveries[0]?.recovery).toEqual({
        outcome: 'recovered',
        at: '2026-11-23T09:10:01.000Z',
        text: '2 of 2 desired are healthy; before the strike 3 were, but the desired capacity is now lower',
      });
    });

    test('and has no record of launches took at most until it was seen', async () => {
      const { verifyAfter } = await struck();
      const { recoveries } = await verifyAfter(10);
      expect(recoveries[0]?.recovery).toMatchObject({ outcome: 'recovered', tookMs: 600_000, exact: false });
    });

    test('and counts by capacity', async () => {
      const weighted = (capacity: number) => ({
        ...web,
        desired: 6,
        members: web.members.map((member) => ({ ...member, capacity })),
      });
      const { verifyAfter } = await struck(() => seen({ group: weighted(2) }));
      expect((await verifyAfter(5)).recoveries[0]?.recovery.text).toBe('6 of 6 desired are healthy');
    });

    test('late is recovered all the same', async () => {
      const { world, verifyAfter } = await struck();
      expect((await verifyAfter(500)).recoveries[0]?.recovery.outcome).toBe('recovered');
      expect((await groupRecordOf(world))?.leash).toBeUndefined();
    });
  });

  describe('a standalone group', () => {
    const pool = aGroup({ kind: 'tag', name: 'pool' });
    const ofPool = aClaim({
      ...claim,
      group: pool.key,
      target: aTarget({ id: claim.target.id, group: pool.key }),
      healthy: 3,
    });

    test('needs as many as it had before the strike, as nobody says how many it should have', async () => {
      const { verifyAfter } = await struck(() => seen({ group: { ...down(pool), desired: 2 } }), ofPool);
      expect((await verifyAfter(5)).recoveries).toEqual([]);
      const { recoveries } = await verifyAfter(30);
      expect(recoveries[0]?.recovery).toMatchObject({
        outcome: 'not-recovered',
        text: expect.stringMatching(/^2 of 3 before are healthy, 30 minutes after/),
      });
    });

    test('of which nothing is left has not recovered', async () => {
      const { verifyAfter } = await struck(() => seen({ group: undefined }), ofPool);
      expect((await verifyAfter(5)).recoveries).toEqual([]);
      expect((await verifyAfter(30)).recoveries[0]?.recovery.text).toMatch(/^0 of 3 before are healthy/);
    });

    test('has recovered with as many, whatever it has beside them', async () => {
      const { verifyAfter } = await struck(() => seen({ group: { ...pool, desired: 9 } }), ofPool);
      expect((await verifyAfter(5)).recoveries[0]?.recovery.text).toBe('3 of 3 before are healthy');
    });
  });

  describe('by a clock that is more than five minutes off', () => {
    const off = (minutesAhead: number): Pick<World, 'skew'> => ({
      skew: { offsetMs: () => minutesAhead * 60_000 },
    });

    test.each([-5.1, 5.1, 600])(
      'no group has not recovered: AWS is %s minutes ahead; it is told why',
      async (minutesAhead) => {
        const { world, verifyAfter } = await struck(() => seen({ group: down(web) }));
        const { recoveries, open, failures } = await verifyAfter(24 * 60, {}, off(minutesAhead));
        expect(recoveries).toEqual([]);
        expect(failures).toMatchObject([
          { stage: 'verify', code: 'ClockSkewed', message: expect.stringContaining('1 open strike') },
        ]);
        expect(open.ok && open.value.map(({ group }) => group)).toEqual([web.key]);
        expect((await groupRecordOf(world))?.leash).toBeUndefined();
        expect(world.verified).toEqual([]);

        expect((await verifyAfter(24 * 60, {}, off(5))).recoveries).toMatchObject([
          { recovery: { outcome: 'not-recovered' } },
        ]);
      },
    );

    test('nor has one that could not be observed for a day', async () => {
      const { verifyAfter } = await struck(() => undefined);
      const { recoveries, failures } = await verifyAfter(24 * 60, {}, off(6));
      expect(recoveries).toEqual([]);
      expect(failures.map(({ code }) => code)).toEqual(['ClockSkewed']);
    });

    test('one that is back has recovered, and nothing is to be told', async () => {
      const { verifyAfter } = await struck();
      const { recoveries, failures } = await verifyAfter(24 * 60, {}, off(6));
      expect(recoveries).toMatchObject([{ recovery: { outcome: 'recovered' } }]);
      expect(failures).toEqual([]);
    });

    test('and behind, nothing seems to be due that is: it is told all the same', async () => {
      const { world, verifyAfter } = await struck(() => seen({ group: down(web) }));
      const { failures } = await verifyAfter(-60, {}, off(120));
      expect(failures).toMatchObject([
        { stage: 'verify', code: 'ClockSkewed', message: expect.stringContaining('1 open strike') },
      ]);
      expect(world.events).toEqual([]);
    });

    test('it is for others to tell where somebody looks on the command line, or nothing is open', async () => {
      const { world, verifyAfter } = await struck();
      const run = { ...aRun(world), trigger: 'cli' as const };
      expect((await verifyStrikes(run, { ...world, ...off(120) })).failures).toEqual([]);
      await world.ledger.close(claim, { outcome: 'gone', at: claim.at, text: '' });
      expect((await verifyAfter(10, {}, off(120))).failures).toEqual([]);
    });

    test('no run has died: it may be alive', async () => {
      const clock = aClock(claim.at);
      const world = aWorld({ clock, observe: () => seen() });
      await world.ledger.claim(claim);
      clock.set(claim.abandonedAfter + 1);
      const verified = await verifyStrikes(aRun(world), { ...world, ...off(-6) });
      expect(verified.failures.map(({ code }) => code)).toEqual(['ClockSkewed']);
      expect(verified.open).toMatchObject({ ok: true, value: [{ state: 'planned' }] });
    });
  });

  describe('a group that is not back', () => {
    test('is waited for until its time is up', async () => {
      const { world, verifyAfter } = await struck(() => seen({ group: down(web) }));
      const { recoveries, open, failures } = await verifyAfter(29.9);
      expect({ recoveries, failures }).toEqual({ recoveries: [], failures: [] });
      expect(open.ok && open.value.map(({ group }) => group)).toEqual([web.key]);
      expect(world.events).toEqual([`observe ${web.key}`]);
      expect(await unverified(world)).toEqual([1]);
    });

    test('then has not recovered: it is leashed, and says how it was', async () => {
      const { world, verifyAfter } = await struck(() => seen({ group: down(web) }));
      const { recoveries, open } = await verifyAfter(30);
      const text = `2 of 3 desired are healthy, 30 minutes after i-web-a was struck by run ${claim.runId}`;
      const at = '2026-11-23T09:30:01.000Z';
      expect(recoveries[0]?.recovery).toEqual({ outcome: 'not-recovered', at, text });
      expect(world.verified).toEqual(recoveries);
      expect((await groupRecordOf(world))?.leash).toEqual({ reason: text, by: 'chaos_monkey', at });
      expect(open).toEqual({ ok: true, value: [] });
      expect(await unverified(world)).toEqual([0]);
    });

    test('and is being deployed or scaled is given four times as long', async () => {
      const { verifyAfter } = await struck(() => seen({ group: down(web), isScaling: true }));
      expect((await verifyAfter(119.9)).recoveries).toEqual([]);
      expect((await verifyAfter(120)).recoveries[0]?.recovery.outcome).toBe('not-recovered');
    });

    test('raises the alarm before it is closed: who dies in between has told', async () => {
      const { world, verifyAfter } = await struck(() => seen({ group: down(web) }));
      const close = async () => Promise.reject(new Error('killed'));
      await verifyAfter(30, { close });
      expect(world.verified).toMatchObject([{ group: web.key, recovery: { outcome: 'not-recovered' } }]);
      expect((await world.ledger.openStrikes()).found).toHaveLength(1);
      expect(world.events).toContain(`alarm ${web.key}`);
    });

    test('whose alarm cannot be raised is told of by the message, and closed after that', async () => {
      const { world, verifyAfter } = await struck(() => seen({ group: down(web) }));
      const denied = Object.assign(new Error('not authorized to perform: SNS:Publish'), {
        name: 'AuthorizationError',
      });
      world.announcer.raiseAlarm = async () => Promise.reject(denied);
      const { recoveries, closings, failures, open } = await verifyAfter(30);
      expect(recoveries).toMatchObject([{ group: web.key, recovery: { outcome: 'not-recovered' } }]);
      expect(closings).toMatchObject([{ strike: { group: web.key }, recovery: recoveries[0]?.recovery }]);
      const message = expect.stringContaining(`AuthorizationError: ${denied.message}`);
      expect(failures).toEqual([{ stage: 'verify', code: 'AlarmNotRaised', message, ...whereWeb }]);
      expect(open.ok && open.value).toHaveLength(1);
      expect(world.events).not.toContain(`close ${web.key} not-recovered`);
    });

    describe('and that another run closes while the alarm is on its way', () => {
      const closedAs = async (outcome: 'recovered' | 'not-recovered', ledger: Partial<Ledger> = {}) => {
        const { world, verifyAfter } = await struck(() => seen({ group: down(web) }));
        world.announcer.raiseAlarm = async () => {
          await world.ledger.close(claim, { outcome, at: claim.at, text: '3 of 3 desired are healthy' });
        };
        return verifyAfter(30, ledger);
      };

      test('as recovered has had a false alarm, which is told', async () => {
        const { recoveries, failures } = await closedAs('recovered');
        expect(recoveries).toEqual([]);
        const message = expect.stringContaining('recovered: 3 of 3 desired are healthy');
        expect(failures).toEqual([{ stage: 'verify', code: 'FalseAlarm', message, ...whereWeb }]);
      });

      test('as not recovered either has had a true one', async () => {
        expect(await closedAs('not-recovered')).toMatchObject({ recoveries: [], failures: [] });
      });

      test('may have had a false one where it cannot be read how it was closed', async () => {
        const recentStrikes = async () => Promise.reject(new Error('throttled'));
        const { failures } = await closedAs('not-recovered', { recentStrikes });
        expect(failures).toMatchObject([
          { code: 'FalseAlarm', message: expect.stringContaining('throttled') },
        ]);
      });
    });

    test('alone raises an alarm', async () => {
      const { world, verifyAfter } = await struck();
      expect((await verifyAfter(10)).recoveries[0]?.recovery.outcome).toBe('recovered');
      expect(world.events.filter((event) => event.startsWith('alarm'))).toEqual([]);
    });

    test('is not leashed twice', async () => {
      const { verifyAfter } = await struck(() => seen({ group: down(web) }));
      await verifyAfter(30);
      expect((await verifyAfter(40)).recoveries).toEqual([]);
    });
  });

  test('a group that is no more is not waited for', async () => {
    const { world, verifyAfter } = await struck(() => seen({ group: undefined }));
    const { recoveries } = await verifyAfter(2);
    expect(recoveries[0]?.recovery).toEqual({
      outcome: 'gone',
      at: '2026-11-23T09:02:01.000Z',
      text: 'the group no longer exists',
    });
    expect((await groupRecordOf(world))?.leash).toBeUndefined();
  });

  test('on the command line nothing is closed, as nobody would be told', async () => {
    const { world } = await struck(() => seen({ group: down(web) }));
    const later = aClock(new Date(minutes(40)).toISOString());
    const { recoveries, open } = await verifyStrikes(
      { ...aRun(world), trigger: 'cli' },
      { ...world, clock: later },
    );
    expect(recoveries).toEqual([]);
    expect(open.ok && open.value).toHaveLength(1);
    expect(world.events).toEqual([]);
  });

  test('what there is no time for is left to a later run', async () => {
    const { world } = await struck();
    const later = aClock(new Date(minutes(10)).toISOString());
    const run = { ...aRun(world), surveyBy: minutes(10) };
    const { recoveries, open, failures } = await verifyStrikes(run, { ...world, clock: later });
    expect({ recoveries, failures }).toEqual({ recoveries: [], failures: [] });
    expect(open.ok && open.value).toHaveLength(1);
  });

  test.each([
    ['there is no time', 10, minutes(10), web, 1],
    ['a group is waited for', 10, undefined, down(web), 1],
    ['a group is back', 10, undefined, web, 2],
    ['a group has not recovered', 30, undefined, down(web), 2],
  ])(
    'the open strikes are read again only once one has changed: %s',
    async (_, count, surveyBy, group, reads) => {
      const { world } = await struck(() => seen({ group }));
      const later = { ...world, clock: aClock(new Date(minutes(count)).toISOString()) };
      const openStrikes = vi.spyOn(world.ledger, 'openStrikes');
      const started = aRun(later);
      await verifyStrikes({ ...started, surveyBy: surveyBy ?? started.surveyBy }, later);
      expect(openStrikes).toHaveBeenCalledTimes(reads);
    },
  );

  test('of two groups one is back: to guards only the other is still struck', async () => {
    const api = aGroup({ name: 'api' });
    const { world, verifyAfter } = await struck(({ group }) =>
      group === web.key ? seen() : seen({ group: down(api) }),
    );
    const second = aClaim({ ...claim, group: api.key, target: { ...claim.target, group: api.key } });
    await world.ledger.claim(second);
    await world.ledger.settle(second, { outcome: 'succeeded', detail: 'ok' });
    const { open } = await verifyAfter(10);
    expect(open.ok && open.value.map(({ group }) => group)).toEqual([api.key]);
  });

  test('for a minute after a strike nothing is looked at, as listings lag behind', async () => {
    const { world, verifyAfter } = await struck();
    const { recoveries, open } = await verifyAfter(59.999 / 60);
    expect(recoveries).toEqual([]);
    expect(open.ok && open.value).toHaveLength(1);
    expect(world.events).toEqual([]);
    expect((await verifyAfter(1)).recoveries).toHaveLength(1);
  });

  test('a group that could not be looked at stays open, and the failure is told', async () => {
    const { world, verifyAfter } = await struck(() => undefined);
    expect((await verifyAfter(120)).recoveries).toEqual([]);
    const failures = [
      { stage: 'verify', code: 'AccessDenied', message: 'no', account: '222222222222' } as const,
    ];
    const observe = async () => ({ value: new Map(), failures });
    const told = await verifyStrikes(aRun(world), { ...world, fleet: { ...world.fleet, observe } });
    expect(told).toMatchObject({ recoveries: [], failures });
    expect((await world.ledger.openStrikes()).found).toHaveLength(1);
  });

  test('nothing is lost where the look itself throws', async () => {
    const { world, verifyAfter } = await struck(() => {
      throw new Error('boom');
    });
    const { recoveries, failures } = await verifyAfter(10);
    expect(recoveries).toEqual([]);
    expect(failures).toEqual([{ stage: 'verify', code: 'Error', message: 'boom' }]);
    expect((await world.ledger.openStrikes()).found).toHaveLength(1);
  });

  test('where the ledger does not say what is open, guards are told that it is not known', async () => {
    const { verifyAfter } = await struck();
    expect(
      await verifyAfter(10, { openStrikes: async () => Promise.reject(new Error('table gone')) }),
    ).toEqual({
      recoveries: [],
      closings: [],
      open: { ok: false, reason: 'table gone' },
      unreadable: [],
      failures: [{ stage: 'verify', code: 'Error', message: 'table gone' }],
    });
  });

  test("and AWS's name for what keeps it from that is told, as it tells one cause from another", async () => {
    const { verifyAfter } = await struck();
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    const { failures } = await verifyAfter(10, { openStrikes: async () => Promise.reject(denied) });
    expect(failures).toEqual([{ stage: 'verify', code: 'AccessDeniedException', message: 'not authorized' }]);
  });

  test('what cannot be closed stays open, with its place and its reason; the next one goes on', async () => {
    const api = aGroup({ name: 'api' });
    const { world, verifyAfter } = await struck();
    const second = aClaim({
      ...claim,
      group: api.key,
      budgets: [],
      target: { ...claim.target, group: api.key },
    });
    await world.ledger.claim(second);
    await world.ledger.begin(second);
    await world.ledger.settle(second, { outcome: 'succeeded', detail: 'ok' });
    const { close } = world.ledger;
    const { recoveries, failures, open } = await verifyAfter(10, {
      close: async (strike, recovery) => {
        if (strike.group === web.key) throw new Error('throttled');
        return close(strike, recovery);
      },
    });
    expect(recoveries.map(({ group }) => group)).toEqual([api.key]);
    expect(failures).toEqual([{ stage: 'verify', code: 'Error', message: 'throttled', ...whereWeb }]);
    expect(open.ok && open.value.map(({ group }) => group)).toEqual([web.key]);
  });

  test('an item that cannot be read and did not keep it from being closed is told of, and so is the recovery', async () => {
    const { world, verifyAfter } = await struck();
    const { close } = world.ledger;
    const item = { table: 'chaos-ledger', pk: `group#${web.key}`, sk: 'record', why: '', group: web.key };
    const { recoveries, failures } = await verifyAfter(10, {
      close: async (strike, recovery) => [...(await close(strike, recovery)), item],
    });
    expect(recoveries.map(({ group }) => group)).toEqual([web.key]);
    expect(failures).toMatchObject([{ stage: 'verify', code: 'UnreadableItem', group: web.key }]);
  });

  test('what another run has closed at the same moment is left to it, silently', async () => {
    const { world, verifyAfter } = await struck();
    const { close } = world.ledger;
    const { recoveries, failures, open } = await verifyAfter(10, {
      close: async (strike, recovery) => {
        // The other one was quicker.
        await close(strike, recovery);
        return close(strike, recovery);
      },
    });
    expect({ recoveries, failures }).toEqual({ recoveries: [], failures: [] });
    expect(world.verified).toEqual([]);
    // Guards are told how it is by now.
    expect(open).toEqual({ ok: true, value: [] });
    await expect(close(claim, { outcome: 'gone', at: claim.at, text: '' })).rejects.toThrow(StrikeConflict);
  });

  test('two at the same moment tell of it once', async () => {
    const { world, verifyAfter } = await struck();
    const both = await Promise.all([verifyAfter(10), verifyAfter(10)]);
    expect(both.flatMap(({ recoveries }) => recoveries)).toHaveLength(1);
    expect(both.flatMap(({ failures }) => failures)).toEqual([]);
    expect(world.verified).toHaveLength(1);
  });
});
