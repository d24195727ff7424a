import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { Trigger } from '#core/model/slot.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';

const first = '2026-11-23T09:00:00Z';

function aPlanningWorld(config: Partial<ConfigInput> = {}): FakeWorld {
  return aWorld({
    config: aConfig({ notifications: { dailyPlan: true }, ...config }),
    groups: [aGroup(), aGroup({ name: 'api' })],
    clock: aClock(first),
  });
}

async function runAt(world: FakeWorld, slot = first, trigger: Trigger = 'schedule', dryRun = false) {
  const clock = aClock(slot);
  return run({ ...aRun({ ...world, clock }, { slot, dryRun }), trigger }, { ...world, clock });
}

describe('the plan of the day, in a run', () => {
  test('is announced in the first slot, before anything is claimed or struck', async () => {
    const world = aPlanningWorld();
    const report = await runAt(world);
    expect(world.events.indexOf('announce-plan')).toBe(world.events.indexOf('survey') + 1);
    expect(report.counts).toMatchObject({ succeeded: 2, failures: 0 });
    expect(world.plans).toMatchObject([
      {
        from: '2026-11-23',
        to: '2026-11-23',
        mode: 'live',
        madeAt: '2026-11-23T09:00:00.000Z',
        failures: [],
      },
    ]);
  });

  test('holds what the run of that slot strikes', async () => {
    const world = aPlanningWorld();
    const { strikes } = await runAt(world);
    const planned = world.plans[0]?.days[0]?.strikes.filter(({ slot }) => slot === first);
    expect(planned?.map(({ group, targetId }) => [group, targetId])).toEqual(
      strikes.map(({ group, target }) => [group, target.id]),
    );
  });

  test.each<[string, () => Promise<FakeWorld>]>([
    [
      'at a moment that is none of its slots',
      async () => {
        const world = aPlanningWorld();
        await runAt(world, '2026-11-23T10:30:00Z');
        return world;
      },
    ],
    [
      'by another trigger',
      async () => {
        const world = aPlanningWorld();
        for (const trigger of ['invoke', 'api', 'cli'] as const) await runAt(world, first, trigger);
        return world;
      },
    ],
    [
      'where the configuration does not ask for it',
      async () => {
        const world = aPlanningWorld({ notifications: {} });
        await runAt(world);
        return world;
      },
    ],
    [
      'on a day that is no work day',
      async () => {
        const world = aPlanningWorld();
        await runAt(world, '2026-11-22T09:00:00Z', 'schedule', true);
        return world;
      },
    ],
    [
      'where a gate is closed',
      async () => {
        const world = aPlanningWorld();
        await world.ledger.setStop({ reason: 'sale', by: 'ann', at: first });
        await runAt(world);
        return world;
      },
    ],
  ])('is not announced %s', async (_, happened) => {
    expect((await happened()).plans).toEqual([]);
  });

  test('is announced in a leashed run as well, and says so', async () => {
    const world = aPlanningWorld({ leashed: true });
    await runAt(world);
    expect(world.plans).toMatchObject([{ mode: 'leashed' }]);
  });

  test('begins with the window, wherever that is', async () => {
    const world = aPlanningWorld({ schedule: { timeZone: 'Asia/Kolkata', from: '10:30', everyMinutes: 30 } });
    await runAt(world, '2026-11-23T05:00:00Z');
    await runAt(world, '2026-11-23T05:30:00Z');
    expect(world.plans).toHaveLength(1);
    expect(world.plans[0]?.days[0]?.strikes[0]?.slot).toBe('2026-11-23T05:00:00Z');
  });

  test('is announced once a day, and again on the next', async () => {
    const world = aPlanningWorld();
    for (const slot of [first, first, '2026-11-23T10:00:00Z', '2026-11-24T09:00:00Z'])
      await runAt(world, slot);
    expect(world.plans.map(({ from }) => from)).toEqual(['2026-11-23', '2026-11-24']);
  });

  test('where the first slot was held back, is announced in the next, of what is left of the day', async () => {
    const world = aPlanningWorld({ rate: { meanDays: 1 } });
    await world.ledger.setStop({ reason: 'sale', by: 'ann', at: first });
    await runAt(world);
    await world.ledger.setStop(undefined);
    const second = '2026-11-23T15:00:00Z';
    const { strikes } = await runAt(world, second);
    expect(world.plans.map(({ madeAt }) => madeAt)).toEqual(['2026-11-23T15:00:00.000Z']);
    // Due since earlier in the day, both are struck now.
    expect(strikes).toHaveLength(2);
    expect(world.plans[0]?.days[0]?.strikes.map(({ slot, group }) => [slot, group])).toEqual(
      strikes.map(({ group }) => [second, group]),
    );
  });

  test('says of how many groups no time was left to plan them', async () => {
    const world = aPlanningWorld();
    const started = { ...aRun(world, { slot: first }), trigger: 'schedule' } as const;
    await run({ ...started, surveyBy: Date.parse(first) }, world);
    const message = 'no time was left to plan the strikes of 2 groups';
    expect(world.plans[0]?.failures).toMatchObject([{ code: 'DeadlineReached', message }]);
  });

  test('that cannot be announced is a failure, and no more; the next slot tries again', async () => {
    const world = aPlanningWorld();
    const announcePlan = async () => Promise.reject(new Error('no topic'));
    const report = await runAt({ ...world, announcer: { ...world.announcer, announcePlan } });
    expect(report.failures).toEqual([{ stage: 'announce', code: 'Error', message: 'no topic' }]);
    expect(report.counts.succeeded).toBe(2);
    await runAt(world, '2026-11-23T10:00:00Z');
    expect(world.plans).toHaveLength(1);
  });

  test('that was announced and could not be noted is a failure, and no more', async () => {
    const world = aPlanningWorld();
    const setPlanAnnounced = async () => Promise.reject(new Error('throttled'));
    const report = await runAt({ ...world, ledger: { ...world.ledger, setPlanAnnounced } });
    expect(report.failures).toEqual([{ stage: 'announce', code: 'Error', message: 'throttled' }]);
    expect(world.plans).toHaveLength(1);
    expect(report.counts.succeeded).toBe(2);
  });

  test('that cannot be made is a failure, and no more', async () => {
    const world = aPlanningWorld();
    let asked = 0;
    const report = await runAt({
      ...world,
      ledger: {
        ...world.ledger,
        // The plan asks first.
        groupRecords: async (groups) => {
          asked += 1;
          if (asked === 1) throw new Error('throttled');
          return world.ledger.groupRecords(groups);
        },
      },
    });
    expect(report.failures).toEqual([{ stage: 'announce', code: 'Error', message: 'throttled' }]);
    expect(world.plans).toEqual([]);
    expect(report.counts.succeeded).toBe(2);
  });

  test('says what the survey could not see', async () => {
    const world = aPlanningWorld();
    const failures = [{ stage: 'survey', code: 'Throttling', message: 'slow down' } as const];
    const { fleet } = world;
    await runAt({
      ...world,
      fleet: { ...fleet, survey: async (...given) => ({ ...(await fleet.survey(...given)), failures }) },
    });
    expect(world.plans[0]?.failures).toEqual(failures);
  });

  test('leaves out groups that the request leaves out', async () => {
    const world = aPlanningWorld();
    await run({ ...aRun(world, { slot: first, groups: ['api'] }), trigger: 'schedule' }, world);
    expect(new Set(world.plans[0]?.days[0]?.strikes.map(({ group }) => group))).toEqual(
      new Set([aGroup({ name: 'api' }).key]),
    );
  });
});
