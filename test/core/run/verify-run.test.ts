import { describe, expect, test } from 'vitest';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { run } from '#core/run/run.ts';
import { verifyRun } from '#core/run/verify-run.ts';
import { closeAnnounced } from '#core/verify/close-announced.ts';
import type { InstanceObservation } from '#targets/instances/model.ts';
import { aClaim } from '../../support/a-claim.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';

const web = aGroup();
const back = (): InstanceObservation => ({
  group: web,
  target: { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
  launchesEnded: [],
  isScaling: false,
});

/** A world in which `web` was struck at nine, and it is ten minutes later. */
async function struckWorld(observe: () => InstanceObservation | undefined = back): Promise<FakeWorld> {
  const clock = aClock('2026-11-23T09:00:00Z');
  const world = aWorld({ groups: [web], clock, observe });
  await run(aRun(world), world);
  clock.set('2026-11-23T09:10:00Z');
  world.events.length = 0;
  world.announced.length = 0;
  return world;
}

describe('verifyRun', () => {
  test('looks after earlier strikes, and records and announces what it saw', async () => {
    const world = await struckWorld();
    const report = await verifyRun(aRun(world, {}, '00000002'), world);
    expect(world.events).toEqual([
      `observe ${web.key}`,
      `close ${web.key} recovered`,
      'record-run',
      'announce',
    ]);
    expect(report).toMatchObject({
      task: 'verify',
      mode: 'live',
      outcome: 'done',
      gates: [],
      groupsNotFound: [],
      decisions: [],
      strikes: [],
      recoveries: [{ group: web.key, recovery: { outcome: 'recovered' } }],
      counts: { accounts: 0, groups: 0, recovered: 1, failures: 0 },
    });
    expect(world.announced).toEqual([report]);
    // It decided nothing that could be decided again.
    expect(await world.ledger.recording(report.runId)).toBeUndefined();
  });

  test.each<[string, () => Promise<FakeWorld>]>([
    ['nothing is open', async () => aWorld()],
    [
      'a group is still waited for',
      async () => struckWorld(() => ({ ...back(), group: { ...web, members: web.members.slice(1) } })),
    ],
  ])('records and announces nothing where %s, and is logged all the same', async (_, made) => {
    const world = await made();
    const ended: unknown[] = [];
    const journal = { ...world.journal, ended: (report: unknown) => ended.push(report) };
    const report = await verifyRun(aRun(world, {}, '00000002'), { ...world, journal });
    expect(world.events.filter((event) => !event.startsWith('observe'))).toEqual([]);
    expect(ended).toEqual([report]);
  });

  describe('where something could not be looked at', () => {
    const aMoment = (time: string) => ({ time, id: time.replaceAll(/[^0-9]/g, '').slice(-8) });
    /** A world whose open strikes cannot be listed, and what verifications at these moments announce. */
    async function announcedAt(
      moments: readonly string[],
      {
        message = () => 'table gone',
        ledger = {},
        announce,
      }: {
        readonly message?: (time: string) => string;
        readonly ledger?: Partial<Ledger>;
        readonly announce?: (time: string) => Promise<void>;
      } = {},
    ): Promise<readonly string[]> {
      const clock = aClock('2026-11-23T09:00:00Z');
      const world = aWorld({ clock });
      const told: string[] = [];
      for (const { time, id } of moments.map(aMoment)) {
        clock.set(time);
        const openStrikes = async () => Promise.reject(new Error(message(time)));
        const report = await verifyRun(aRun(world, {}, id), {
          ...world,
          ledger: { ...world.ledger, openStrikes, ...ledger },
          announcer: {
            ...world.announcer,
            announce: async () => {
              await announce?.(time);
              told.push(time);
            },
          },
        });
        // Told or not, it is in the log.
        expect(world.failed.splice(0)).toEqual(report.failures);
      }
      return told;
    }

    test('it is told once a day, however its words differ, and again the day after', async () => {
      const moments = ['2026-11-23T09:05:00Z', '2026-11-23T09:10:00Z', '2026-11-23T16:00:00Z'];
      const nextDay = ['2026-11-24T09:05:00Z', '2026-11-24T09:10:00Z'];
      const message = (time: string) => `request ${time} was refused`;
      expect(await announcedAt([...moments, ...nextDay], { message })).toEqual([moments[0], nextDay[0]]);
    });

    test('it is told in the next one where it could not be announced', async () => {
      const moments = ['2026-11-23T09:05:00Z', '2026-11-23T09:10:00Z', '2026-11-23T09:15:00Z'];
      const announce = async (time: string) => {
        if (time === moments[0]) throw new Error('topic gone');
      };
      expect(await announcedAt(moments, { announce })).toEqual([moments[1]]);
    });

    test('it is told by the next one where a verification dies while it tells', async () => {
      const moments = ['2026-11-23T09:05:00Z', '2026-11-23T09:10:00Z', '2026-11-23T09:15:00Z'];
      const clock = aClock('2026-11-23T09:00:00Z');
      const world = aWorld({ clock });
      const openStrikes = async () => Promise.reject(new Error('table gone'));
      const verify = async (time: string, announce = world.announcer.announce) => {
        clock.set(time);
        return verifyRun(aRun(world, {}, aMoment(time).id), {
          ...world,
          ledger: { ...world.ledger, openStrikes },
          announcer: { ...world.announcer, announce },
        });
      };
      const [first = '', second = '', third = ''] = moments;
      await new Promise<void>((died) => {
        void verify(first, async () => {
          died();
          return new Promise(() => {});
        });
      });
      await verify(second);
      await verify(third);
      expect(world.announced.map(({ startedAt }) => startedAt)).toEqual(['2026-11-23T09:10:00.000Z']);
    });

    test('it is told about once an hour where the ledger does not keep what was told', async () => {
      const claimAnnouncement = async () => Promise.reject(new Error('table gone'));
      const start = Date.parse('2026-11-23T09:07:30Z');
      const moments = Array.from({ length: 36 }, (_, index) =>
        new Date(start + index * 5 * 60_000).toISOString(),
      );
      const told = await announcedAt(moments, { ledger: { claimAnnouncement } });
      expect(told).toEqual(['10', '11', '12'].map((hour) => `2026-11-23T${hour}:02:30.000Z`));
    });

    test('each name of an error is a cause of its own, whatever else could not be done that day', async () => {
      const clock = aClock('2026-11-23T09:05:00Z');
      const world = aWorld({ clock });
      for (const [index, name] of ['AccessDenied', 'ResourceNotFound', 'AccessDenied'].entries()) {
        const openStrikes = async () => Promise.reject(Object.assign(new Error('no'), { name }));
        await verifyRun(aRun(world, {}, `0000000${index}`), {
          ...world,
          ledger: { ...world.ledger, openStrikes },
        });
      }
      expect(world.announced.flatMap(({ failures }) => failures.map(({ code }) => code))).toEqual([
        'AccessDenied',
        'ResourceNotFound',
      ]);
    });

    test('each unreadable item is a cause of its own', async () => {
      const clock = aClock('2026-11-23T09:05:00Z');
      const world = aWorld({ clock });
      const item = (sk: string): UnreadableItem => ({
        ...{ table: 'ledger', pk: 'open', sk, why: 'damaged', group: undefined },
      });
      const items: UnreadableItem[] = [];
      const openStrikes = async () => ({ found: [], unreadable: [...items] });
      const verify = async () =>
        verifyRun(aRun(world, {}, String(items.length).padStart(8, '0')), {
          ...world,
          ledger: { ...world.ledger, openStrikes },
        });
      items.push(item('a'));
      await verify();
      await verify();
      expect(world.announced).toHaveLength(1);
      items.push(item('b'));
      await verify();
      expect(world.announced).toHaveLength(2);
      expect(world.announced[1]?.failures).toMatchObject([
        { stage: 'verify', code: 'UnreadableItem', message: expect.stringContaining('pk=open sk=a') },
        { message: expect.stringContaining('pk=open sk=b') },
      ]);
    });
  });

  describe('of a group that has not recovered, whose alarm cannot be raised,', () => {
    const down = () => ({ ...back(), group: { ...web, members: web.members.slice(1) } });
    const raiseAlarm = async () => Promise.reject(new Error('topic gone'));
    const failing = async () => Promise.reject(new Error('topic gone'));
    async function downWorld() {
      const world = await struckWorld(down);
      const leash = async () => (await world.ledger.groupRecords([web.key])).found.get(web.key)?.leash;
      const open = async () => (await world.ledger.openStrikes()).found.length;
      const looked = async (kind: 'run' | 'verify', id: string, announce = world.announcer.announce) => {
        const parts = {
          ...{ ...world, clock: aClock('2026-11-23T09:45:00Z') },
          announcer: { ...world.announcer, raiseAlarm, announce },
        };
        return kind === 'run' ? run(aRun(parts, {}, id), parts) : verifyRun(aRun(parts, {}, id), parts);
      };
      return { world, leash, open, looked };
    }

    test.each(['run', 'verify'] as const)(
      'a %s tells so, and what keeps the alarm; then the group is leashed',
      async (kind) => {
        const { world, leash, open, looked } = await downWorld();
        const report = await looked(kind, '00000002');
        expect(world.announced).toEqual([report]);
        expect(report).toMatchObject({
          recoveries: [{ group: web.key, recovery: { outcome: 'not-recovered' } }],
          failures: [{ stage: 'verify', code: 'AlarmNotRaised', group: web.key }],
        });
        expect(world.events.slice(-2)).toEqual(['announce', `close ${web.key} not-recovered`]);
        expect(await leash()).toMatchObject({ by: 'chaos_monkey' });
        expect(await open()).toBe(0);
      },
    );

    test.each(['run', 'verify'] as const)(
      'and which a %s cannot announce either, nothing is closed: the next one tells',
      async (kind) => {
        const { world, leash, open, looked } = await downWorld();
        await looked(kind, '00000002', failing);
        expect(await leash()).toBeUndefined();
        expect(await open()).toBe(1);
        await looked(kind, '00000003');
        expect(world.announced).toMatchObject([{ counts: { notRecovered: 1 } }]);
        expect(await leash()).toBeDefined();
      },
    );

    test('what cannot be closed or read is a failure in the log; what another run closed is none', async () => {
      const world = aWorld();
      const strike = { ...aClaim(), state: 'succeeded', detail: '', recovery: undefined } as const;
      const recovery = { outcome: 'not-recovered', at: strike.at, text: 'down' } as const;
      await closeAnnounced([{ strike, recovery }], world);
      expect(world.failed).toEqual([]);
      const close = async () => Promise.reject(new Error('throttled'));
      await closeAnnounced([{ strike, recovery }], { ...world, ledger: { ...world.ledger, close } });
      expect(world.failed).toMatchObject([{ stage: 'verify', message: 'throttled', group: strike.group }]);
      const item = { table: 'Ledger', pk: 'group#x', sk: 'record', why: 'odd', group: strike.group };
      const closed = async () => [item];
      await closeAnnounced([{ strike, recovery }], { ...world, ledger: { ...world.ledger, close: closed } });
      expect(world.failed.slice(1)).toMatchObject([
        { stage: 'verify', code: 'UnreadableItem', group: strike.group },
      ]);
    });
  });

  test('records and announces that a run has died', async () => {
    const clock = aClock('2026-11-23T09:00:00Z');
    const world = aWorld({ clock });
    await world.ledger.claim(aClaim());
    clock.set(aClaim().abandonedAfter + 1);
    world.events.length = 0;
    const report = await verifyRun(aRun(world, {}, '00000002'), world);
    expect(report.failures).toMatchObject([{ stage: 'verify', code: 'RunDied' }]);
    expect(world.events.slice(-2)).toEqual(['record-run', 'announce']);
    expect(world.failed).toEqual(report.failures);
  });
});
