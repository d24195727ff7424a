import { describe, expect, test } from 'vitest';
import type { Ledger, Observation } from '#core/ports.ts';
import { run } from '#core/run.ts';
import type { UnreadableItem } from '#core/unreadable.ts';
import { verifyRun } from '#core/verify-run.ts';
import { aClaim } from '../support/a-claim.ts';
import { aGroup } from '../support/a-group.ts';
import { aRun } from '../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../support/a-world.ts';

const web = aGroup();
const back = (): Observation => ({
  group: web,
  target: { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
  launchesEnded: [],
  isScaling: false,
});

/** A world in which `web` was struck at nine, and it is ten minutes later. */
async function struckWorld(observe: () => Observation | undefined = back): Promise<FakeWorld> {
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

    test('it is told about once an hour where the ledger does not keep what was told', async () => {
      const firstToTell = async () => Promise.reject(new Error('table gone'));
      const start = Date.parse('2026-11-23T09:07:30Z');
      const moments = Array.from({ length: 36 }, (_, index) =>
        new Date(start + index * 5 * 60_000).toISOString(),
      );
      const told = await announcedAt(moments, { ledger: { firstToTell } });
      expect(told).toEqual(['10', '11', '12'].map((hour) => `2026-11-23T${hour}:02:30.000Z`));
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
