import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';

const first = '2026-11-23T09:00:00Z';
const shop = { 'chaos:opt-in': 'true', 'chaos:app': 'shop' };
const groups = Array.from({ length: 12 }, (_, index) =>
  aGroup({ name: `g${index}`, ...(index < 6 && { tags: shop }) }),
);

function aWorldOf(budgets: ConfigInput['budgets'], clock = aClock(first)): FakeWorld {
  return aWorld({ config: aConfig({ budgets, ...never }), groups, clock });
}
const never = { guards: { cooldownMinutes: 0 } } as const;

async function rehearsed(world: FakeWorld, slot = first): Promise<RunReport> {
  const report = await run(aRun(world, { dryRun: true, slot }), world);
  expect(report.mode).toBe('leashed');
  return report;
}
const usageOf = ({ decisions }: RunReport) =>
  decisions.flatMap(({ reason }) => (reason.code === 'budget-exhausted' ? [reason.text] : []));

describe('a leashed run', () => {
  test('would strike as many as a budget holds, and spares the others', async () => {
    const world = aWorldOf({ perDay: { organization: 5 }, unverified: { app: 20 } });
    const report = await rehearsed(world);
    expect(report.counts).toMatchObject({ groups: 12, leashed: 5, spared: { 'budget-exhausted': 7 } });
    expect(new Set(usageOf(report))).toEqual(
      new Set(['budget exhausted: at most 5 strikes on 2026-11-23 for the organization']),
    );
    expect(world.events.filter((event) => /^(open|claim|begin|strike|settle)/.test(event))).toEqual([]);
    expect(world.decided).toHaveLength(12);
    expect(world.struck).toHaveLength(5);
  });

  test('would strike the groups that a live run then does strike', async () => {
    const budgets = { perDay: { organization: 5 }, unverified: { app: 2 } };
    const world = aWorldOf(budgets);
    const { strikes } = await rehearsed(world);
    const live = await run(aRun(world, { slot: first }), world);
    expect(live.strikes.map(({ target }) => target.id)).toEqual(strikes.map(({ target }) => target.id));
    expect(strikes).toHaveLength(5);
  });

  test('counts what live runs have used', async () => {
    const clock = aClock(first);
    const world = aWorldOf({ perDay: { organization: 9 }, unverified: { app: 2 } }, clock);
    await run(aRun(world, { slot: first, groups: ['g0', 'g6', 'g7'] }), world);
    clock.set('2026-11-23T10:00:00Z');
    const report = await rehearsed(world, '2026-11-23T10:00:00Z');
    // One more of the app, as one of its two is used; six in all, as three of nine are.
    const ofShop = new Set(groups.slice(0, 6).map(({ key }) => key));
    expect(report.strikes.filter(({ group }) => ofShop.has(group))).toHaveLength(1);
    expect(report.counts.leashed).toBe(5);
    expect(report.counts.spared).toEqual({ 'strike-unverified': 3, 'budget-exhausted': 4 });
    expect(new Set(usageOf(report))).toContain(
      'budget exhausted: at most 2 unverified strikes at a time for app shop',
    );
  });

  test('one that a budget spares is counted by none of the others', async () => {
    const world = aWorldOf({ perDay: { organization: 7 }, unverified: { app: 1 } });
    const report = await rehearsed(world);
    // Five of the shop are spared by their app's budget: they leave the organization's to the others.
    expect(report.counts).toMatchObject({ leashed: 7, spared: { 'budget-exhausted': 5 } });
  });

  test('inspects all groups in one round, as a round of few would share hardly any calls', async () => {
    const many = Array.from({ length: 70 }, (_, index) => aGroup({ name: `g${index}` }));
    const world = aWorld({ groups: many, clock: aClock(first) });
    expect((await rehearsed(world)).counts.leashed).toBe(70);
    const inspections = world.events.filter((event) => event.startsWith('inspect'));
    expect(inspections.map((event) => event.split(',').length)).toEqual([70]);
  });

  /** One in which something happens as its groups are inspected. */
  async function interrupted(
    what: (clock: ReturnType<typeof aClock>, world: FakeWorld) => unknown,
    config: Partial<ConfigInput> = {},
  ) {
    const clock = aClock(first);
    const world = aWorld({ config: aConfig(config), groups: groups.slice(6), clock });
    const runs: RunContext[] = [];
    const inspect: FakeWorld['fleet']['inspect'] = async (asked, given) => {
      runs.push(given);
      await what(clock, world);
      return world.fleet.inspect(asked, given);
    };
    const started = aRun(world, { dryRun: true, slot: first });
    const report = await run(started, { ...world, fleet: { ...world.fleet, inspect } });
    return { report, started, runs };
  }

  test.each<[string, Parameters<typeof interrupted>[0]]>([
    ['what was seen of its groups grows old', (clock) => clock.set('2026-11-23T09:01:00Z')],
    ['its time ends meanwhile', (clock) => clock.set('2026-11-23T09:20:00Z')],
    ['the window closes meanwhile', (clock) => clock.set('2026-11-23T22:00:00Z')],
    ['a freeze begins meanwhile', (clock) => clock.set('2026-12-18T09:00:00Z')],
    ['a stop is set meanwhile', (_, { ledger }) => ledger.setStop({ reason: 'now!', by: 'ann', at: first })],
  ])('strikes nothing, so it is all the same to it that %s', async (_, what) => {
    const { report } = await interrupted(what, {
      calendar: {
        freezes: [
          { from: '2026-12-18', to: '2026-12-31', reason: 'peak season' },
          { from: '2026-12-18', to: '2026-12-31', reason: 'audit', groups: ['g*'] },
        ],
      },
    });
    expect(report.counts).toMatchObject({ leashed: 6, failures: 0, spared: {} });
  });

  test('may inspect for as long as it has time, in the sessions of its survey', async () => {
    const { runs, started } = await interrupted(() => {});
    expect(runs).toHaveLength(1);
    // Sessions are kept by run: another object would open all of them again.
    expect(runs[0]).toBe(started);
  });

  test('asks no gate again, as none could hold it back', async () => {
    let asked = 0;
    const world = aWorld({
      config: aConfig({ gates: { alarms: { organization: ['errors'] } } }),
      groups: groups.slice(6),
      clock: aClock(first),
    });
    const alarms = async () => {
      asked += 1;
      return [{ name: 'errors', state: 'OK' as const }];
    };
    const report = await run(aRun(world, { dryRun: true, slot: first }), {
      ...world,
      signals: { ...world.signals, alarms },
    });
    expect(report.counts.leashed).toBe(6);
    expect(asked).toBe(1);
  });

  test('that has no time left after its survey inspects nothing, and says how many groups that were', async () => {
    const clock = aClock(first);
    const world = aWorldOf({}, clock);
    const survey: FakeWorld['fleet']['survey'] = async (...given) => {
      const found = await world.fleet.survey(...given);
      clock.set('2026-11-23T09:20:00Z');
      return found;
    };
    const started = aRun(world, { dryRun: true, slot: first });
    const report = await run(started, { ...world, fleet: { ...world.fleet, survey } });
    expect(report.counts).toMatchObject({ leashed: 0, spared: { 'not-inspected': 12 } });
    expect(report.failures.map(({ message }) => message)).toEqual([
      'no time was left to inspect 12 drawn groups',
    ]);
  });
});
