import { describe, expect, test } from 'vitest';
import type { StrikeEntry } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { verifyStrikes } from '#core/verify/verify-strikes.ts';
import type { InstanceObservation } from '#targets/instances/model.ts';
import { aBudget, aClaim } from '../../support/a-claim.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';

const web = aGroup({ name: 'web' });
/** Claimed at 09:00:01 by a run that has surely ended by 09:06. */
const claim = aClaim({
  group: web.key,
  target: { ...aClaim().target, id: 'i-web-a' },
  budgets: [aBudget(), aBudget({ over: 'unverified' })],
});
const reboot = aClaim({ ...claim, fault: { name: 'ec2-reboot', parameters: {} } });
const died = `run ${claim.runId} left its strike on i-web-a without an outcome. `;

const running = { instanceState: 'running', launchedAt: undefined, lifecycle: 'InService' };
const ended = { instanceState: 'terminated', launchedAt: undefined, lifecycle: undefined };
const short = { ...web, members: web.members.slice(1) };
const seen = (overrides: Partial<InstanceObservation>): InstanceObservation => ({
  group: short,
  target: ended,
  launchesEnded: [],
  isScaling: false,
  ...overrides,
});

/** A world in which a run has left a strike of `web` in this state. */
async function left(
  state: 'planned' | 'striking' | 'unknown',
  observe: (strike: StrikeEntry) => InstanceObservation | undefined,
  strike = claim,
) {
  const clock = aClock(strike.at);
  const world = aWorld({ clock, observe });
  await world.ledger.claim(strike);
  if (state !== 'planned') await world.ledger.begin(strike);
  if (state === 'unknown') await world.ledger.settle(strike, { outcome: 'unknown', detail: 'TimeoutError' });
  world.events.length = 0;
  return {
    world,
    verifyAt: async (time: string, ledger: Partial<Ledger> = {}) => {
      clock.set(time);
      return verifyStrikes(aRun(world), { ...world, ledger: { ...world.ledger, ...ledger } });
    },
  };
}

const entryOf = async ({ ledger }: FakeWorld) => (await ledger.recentStrikes(web.key, 1)).found[0];
const spent = async ({ ledger }: FakeWorld) =>
  (await ledger.usage([aBudget(), aBudget({ over: 'unverified' })])).found;
const failureOf = (message: string) => ({
  stage: 'verify',
  code: 'RunDied',
  message: died + message,
  account: '222222222222',
  region: 'eu-west-1',
  group: web.key,
});
const later = '2026-11-23T09:06:00Z';

describe('a strike whose run died', () => {
  test.each(['planned', 'striking', 'unknown'] as const)(
    'is left alone while its run may still be at it (%s)',
    async (state) => {
      const { world, verifyAt } = await left(state, () => seen({ target: running, group: web }));
      const { recoveries, failures, open } = await verifyAt('2026-11-23T09:05:59.999Z');
      expect({ recoveries, failures }).toEqual({ recoveries: [], failures: [] });
      expect(open.ok && open.value).toHaveLength(1);
      expect(world.events).toEqual([]);
    },
  );

  describe('before AWS was asked', () => {
    test('has failed, whatever is seen: it gives back what it claimed, and is told', async () => {
      const { world, verifyAt } = await left('planned', () => seen({}));
      const { recoveries, failures, open } = await verifyAt(later);
      expect(recoveries).toEqual([]);
      expect(failures).toEqual([failureOf('its run ended before it called AWS: nothing was done')]);
      expect(open).toEqual({ ok: true, value: [] });
      expect(await entryOf(world)).toMatchObject({
        state: 'failed',
        detail: 'its run ended before it called AWS',
        recovery: undefined,
      });
      expect(await spent(world)).toEqual([0, 0]);
      expect((await world.ledger.groupRecords([web.key])).found.get(web.key)?.last).toBeUndefined();
    });

    test('has failed even if nothing can be seen', async () => {
      const { verifyAt } = await left('planned', () => undefined);
      expect((await verifyAt(later)).failures).toMatchObject([{ code: 'RunDied' }]);
    });

    test('cannot be begun by its run any more', async () => {
      const { world, verifyAt } = await left('planned', () => undefined);
      await verifyAt(later);
      expect(await world.ledger.begin(claim)).toBe('gone');
    });
  });

  describe('in the middle of it', () => {
    test('took effect: it has succeeded, is told, and its group is waited for', async () => {
      const { world, verifyAt } = await left('striking', () => seen({}));
      const { recoveries, failures, open } = await verifyAt(later);
      expect(failures).toEqual([failureOf('i-web-a was found terminated, not a member')]);
      expect(recoveries).toEqual([]);
      expect(await entryOf(world)).toMatchObject({ state: 'succeeded', recovery: undefined });
      expect(open.ok && open.value.map(({ state }) => state)).toEqual(['succeeded']);
      // Told once.
      expect((await verifyAt('2026-11-23T09:07:00Z')).failures).toEqual([]);
    });

    test('took effect, and its group has recovered since', async () => {
      const { world, verifyAt } = await left('striking', () => seen({ group: web }));
      const { recoveries, failures, open } = await verifyAt(later);
      expect(failures).toHaveLength(1);
      expect(recoveries).toMatchObject([
        { target: { id: 'i-web-a' }, recovery: { outcome: 'recovered', exact: false } },
      ]);
      expect(open).toEqual({ ok: true, value: [] });
      expect(await spent(world)).toEqual([1, 0]);
    });

    test.each([
      [
        'an instance that EC2 forgot',
        { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
        'gone, not a member',
      ],
      [
        'one that a lifecycle hook holds',
        { instanceState: 'running', launchedAt: undefined, lifecycle: 'Terminating:Wait' },
        'running, Terminating:Wait',
      ],
      [
        'one that was stopped and has been started again',
        { instanceState: 'running', launchedAt: Date.parse('2026-11-23T09:01:00Z'), lifecycle: 'InService' },
        'running, InService',
      ],
    ])('%s was struck', async (_, target, look) => {
      const { world, verifyAt } = await left('striking', () => seen({ target }));
      await verifyAt(later);
      expect(await entryOf(world)).toMatchObject({
        state: 'succeeded',
        detail: `i-web-a was found ${look}`,
      });
    });

    test('did not take effect: it has failed, and gives back what it claimed', async () => {
      const { world, verifyAt } = await left('striking', () => seen({ target: running, group: web }));
      const { recoveries, failures, open } = await verifyAt(later);
      expect(failures).toEqual([failureOf('i-web-a was found running, InService: it was not struck')]);
      expect(recoveries).toEqual([]);
      expect(open).toEqual({ ok: true, value: [] });
      expect(await entryOf(world)).toMatchObject({ state: 'failed' });
      expect(await spent(world)).toEqual([0, 0]);
    });

    test('cannot be told by a look (a reboot): it stays unknown, is told, and its group is watched', async () => {
      const { world, verifyAt } = await left('striking', () => seen({ target: running }), reboot);
      const { failures, open } = await verifyAt(later);
      const detail = 'i-web-a was found running, InService, which does not show whether it was struck';
      expect(failures).toEqual([failureOf(detail)]);
      expect(await entryOf(world)).toMatchObject({ state: 'unknown', detail });
      expect(open.ok && open.value).toHaveLength(1);
      const again = await verifyAt('2026-11-23T09:31:00Z');
      expect(again.failures).toEqual([]);
      expect(again.recoveries).toMatchObject([{ recovery: { outcome: 'not-recovered' } }]);
    });

    test('cannot be told either where the fault is not known any more', async () => {
      const removed = aClaim({ ...claim, fault: { name: 'ec2-melt', parameters: {} } });
      const { world, verifyAt } = await left('striking', () => seen({}), removed);
      const { failures } = await verifyAt(later);
      expect(failures).toMatchObject([{ code: 'RunDied' }]);
      expect(await entryOf(world)).toMatchObject({ state: 'unknown' });
    });

    test('waits where it could not be looked at', async () => {
      const { world, verifyAt } = await left('striking', () => undefined);
      expect(await verifyAt(later)).toMatchObject({ recoveries: [], failures: [] });
      expect(await entryOf(world)).toMatchObject({ state: 'striking' });
    });

    test('is not waited for longer than a day: its outcome stays unknown, and its group is leashed', async () => {
      const { world, verifyAt } = await left('striking', () => undefined);
      const { recoveries, open, failures } = await verifyAt('2026-11-24T09:00:01Z');
      expect(failures).toMatchObject([{ stage: 'verify', code: 'RunDied' }]);
      const recovery = {
        outcome: 'not-recovered',
        text: `it could not be observed for a day after i-web-a was struck by run ${claim.runId}`,
      };
      expect(recoveries).toMatchObject([{ recovery }]);
      expect(open).toEqual({ ok: true, value: [] });
      expect(await entryOf(world)).toMatchObject({ state: 'unknown', detail: recovery.text, recovery });
      expect(await spent(world)).toEqual([1, 0]);
    });

    test('is told even if the wait for its group cannot be ended', async () => {
      const { verifyAt } = await left('striking', () => seen({ group: web }));
      const { recoveries, failures } = await verifyAt(later, {
        close: async () => Promise.reject(new Error('throttled')),
      });
      expect(recoveries).toEqual([]);
      expect(failures.map(({ code }) => code)).toEqual(['RunDied', 'Error']);
    });
  });
});

describe('a strike that AWS did not answer', () => {
  test('took effect: it has succeeded, and nobody is told of a dead run', async () => {
    const { world, verifyAt } = await left('unknown', () => seen({ group: web }));
    const { recoveries, failures } = await verifyAt(later);
    expect(failures).toEqual([]);
    expect(recoveries).toMatchObject([{ recovery: { outcome: 'recovered' } }]);
    expect(world.events).toEqual([
      `observe ${web.key}`,
      `settle ${web.key} succeeded`,
      `close ${web.key} recovered`,
    ]);
  });

  test('did not: it has failed, and gives back what it claimed', async () => {
    const { world, verifyAt } = await left('unknown', () => seen({ target: running, group: web }));
    expect(await verifyAt(later)).toEqual({
      recoveries: [],
      closings: [],
      failures: [],
      open: { ok: true, value: [] },
      unreadable: [],
    });
    expect(world.events).toEqual([`observe ${web.key}`, `settle ${web.key} failed`]);
    expect(await spent(world)).toEqual([0, 0]);
  });

  test('and that no look can show stays unknown, and its group is watched all the same', async () => {
    const { world, verifyAt } = await left('unknown', () => seen({ target: running, group: web }), reboot);
    expect((await verifyAt(later)).recoveries).toMatchObject([{ recovery: { outcome: 'recovered' } }]);
    expect(world.events).toEqual([`observe ${web.key}`, `close ${web.key} recovered`]);
    expect(await entryOf(world)).toMatchObject({ state: 'unknown', detail: 'TimeoutError' });
  });

  test('another run that was quicker to settle it is left to it, silently', async () => {
    const { world, verifyAt } = await left('unknown', () => seen({ target: running, group: web }));
    const { settle } = world.ledger;
    const verified = await verifyAt(later, {
      settle: async (strike, outcome) => {
        await settle(strike, outcome);
        return settle(strike, outcome);
      },
    });
    expect(verified).toEqual({
      recoveries: [],
      closings: [],
      failures: [],
      open: { ok: true, value: [] },
      unreadable: [],
    });
  });
});
