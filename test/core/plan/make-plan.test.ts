import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import { makePlan } from '#core/plan/make-plan.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aFailure } from '../../support/a-report.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld, fixedClock } from '../../support/a-world.ts';

const elsewhere = aGroup({ account: '333333333333' });
const aPlannedWorld = (config: Partial<ConfigInput> = {}) =>
  aWorld({
    config: aConfig({ accounts: ['222222222222', '333333333333'], ...config }),
    groups: [aGroup(), elsewhere],
    clock: fixedClock('2026-11-23T09:00:00Z'),
  });

describe('makePlan', () => {
  test('plans the days asked for, of every account, and touches nothing', async () => {
    const world = aPlannedWorld({ rate: { meanDays: 1 } });
    const plan = await makePlan({ task: 'plan', date: '2026-11-26', days: 3 }, aRun(world), world);
    expect(plan).toMatchObject({ from: '2026-11-26', to: '2026-11-28', madeAt: '2026-11-23T09:00:00.000Z' });
    expect(plan.days.map(({ day, off, strikes }) => [day, off, strikes.length])).toEqual([
      ['2026-11-26', undefined, 2],
      ['2026-11-27', undefined, 2],
      ['2026-11-28', 'Saturday', 0],
    ]);
    expect(plan.days[0]?.strikes.map(({ group }) => group).toSorted()).toEqual([aGroup().key, elsewhere.key]);
    expect(world.events).toEqual(['survey']);
  });

  test("without a date it begins today, in the schedule's zone", async () => {
    const world = aPlannedWorld({ schedule: { timeZone: 'Pacific/Auckland' } });
    const late = { ...world, clock: fixedClock('2026-11-23T20:00:00Z') };
    expect(await makePlan({ task: 'plan', days: 1 }, aRun(world), late)).toMatchObject({
      from: '2026-11-24',
      to: '2026-11-24',
      timeZone: 'Pacific/Auckland',
    });
  });

  test.each([
    [true, 'leashed'],
    [false, 'live'],
  ] as const)('says whether anything will be touched (leashed: %s)', async (leashed, mode) => {
    const world = aPlannedWorld({ leashed });
    expect(await makePlan({ task: 'plan', days: 1 }, aRun(world), world)).toMatchObject({ mode });
  });

  test('says that a stop stands', async () => {
    const world = aPlannedWorld();
    expect(await makePlan({ task: 'plan', days: 1 }, aRun(world), world)).not.toHaveProperty('stop');
    const stop = { reason: 'sale', by: 'ann', at: '2026-11-23T07:00:00.000Z' };
    await world.ledger.setStop(stop);
    expect(await makePlan({ task: 'plan', days: 1 }, aRun(world), world)).toMatchObject({ stop });
  });

  test('says what could not be looked at', async () => {
    const world = aPlannedWorld();
    const { fleet } = world;
    const denied = aFailure();
    const plan = await makePlan({ task: 'plan', days: 1 }, aRun(world), {
      ...world,
      fleet: {
        ...fleet,
        survey: async (...given) => ({ ...(await fleet.survey(...given)), failures: [denied] }),
      },
    });
    expect(plan.failures).toEqual([denied]);
  });

  test('plans no group that is seen when the time of the survey is up', async () => {
    const world = aPlannedWorld();
    const run = aRun(world);
    const plan = await makePlan({ task: 'plan', days: 1 }, { ...run, surveyBy: world.clock.now() }, world);
    expect(plan.days[0]?.strikes).toEqual([]);
    expect(plan.failures).toMatchObject([{ stage: 'survey', code: 'DeadlineReached' }]);
  });

  test('rejects where the ledger cannot be read: without its secret nothing is known', async () => {
    const world = aPlannedWorld();
    const control = async () => Promise.reject(new Error('table gone'));
    const plan = makePlan({ task: 'plan', days: 1 }, aRun(world), {
      ...world,
      ledger: { ...world.ledger, control },
    });
    await expect(plan).rejects.toThrow('table gone');
  });
});
