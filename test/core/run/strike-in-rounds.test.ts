import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { Alarm } from '#core/model/group.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';

const start = '2026-11-23T09:00:00Z';
const start285 = '2026-11-23T09:04:45Z';
const groups = Array.from({ length: 70 }, (_, index) => aGroup({ name: `g${index}` }));

type As = (world: FakeWorld, clock: ReturnType<typeof aClock>) => FakeWorld;

/** A run that finds 70 groups to strike; `as` may change the world after it was made. */
async function struckOf(
  config: Partial<ConfigInput> = {},
  as: As = (world) => world,
  all = groups,
): Promise<{ readonly report: RunReport; readonly world: FakeWorld }> {
  const clock = aClock(start);
  const world = as(aWorld({ config: aConfig(config), groups: all, clock }), clock);
  return { report: await run(aRun(world, { slot: start }), world), world };
}

/** Time is up as the last of so many strikes is recorded. */
function endingWith(strikes: number): As {
  return (made, clock) => ({
    ...made,
    ledger: {
      ...made.ledger,
      settle: async (...given) => {
        const settled = made.events.filter((event) => event.startsWith('settle')).length;
        if (settled === strikes - 1) clock.set(start285);
        return made.ledger.settle(...given);
      },
    },
  });
}

/** Events in order, those alike next to each other counted: `inspect 32`, `strike 32`. */
function roundsOf({ events }: FakeWorld): readonly string[] {
  const rounds: [string, number][] = [];
  for (const event of events) {
    const [what = '', names = ''] = event.split(' ');
    if (what !== 'inspect' && what !== 'strike') continue;
    const last = rounds.at(-1);
    if (what === 'strike' && last?.[0] === what) last[1] += 1;
    else rounds.push([what, what === 'inspect' ? names.split(',').length : 1]);
  }
  return rounds.map(([what, count]) => `${what} ${count}`);
}

describe('strikeInRounds, in a run', () => {
  test('strikes 32 groups before it looks up the next', async () => {
    const { report, world } = await struckOf();
    expect(roundsOf(world)).toEqual([
      'inspect 32',
      'strike 32',
      'inspect 32',
      'strike 32',
      'inspect 6',
      'strike 6',
    ]);
    expect(report.counts.succeeded).toBe(70);
    expect(world.decided).toHaveLength(70);
  });

  test('takes them in an order of the slot, not in that of the listing', async () => {
    const { world } = await struckOf();
    const looked = world.events.flatMap((event) =>
      event.startsWith('inspect ') ? event.slice('inspect '.length).split(',') : [],
    );
    expect(looked.toSorted()).toEqual(groups.map(({ name }) => name).toSorted());
    expect(looked).not.toEqual(groups.map(({ name }) => name));
    const again = await struckOf();
    expect(again.world.events.filter((event) => event.startsWith('inspect'))).toEqual(
      world.events.filter((event) => event.startsWith('inspect')),
    );
  });

  test('looks up no more once a budget is spent', async () => {
    const { report, world } = await struckOf({ budgets: { perDay: { organization: 40 } } });
    expect(roundsOf(world)).toEqual(['inspect 32', 'strike 32', 'inspect 32', 'strike 8']);
    expect(report.counts).toMatchObject({ groups: 70, succeeded: 40, spared: { 'budget-exhausted': 30 } });
    const texts = new Set(
      report.decisions.filter(({ verdict }) => verdict === 'spare').map(({ reason }) => reason.text),
    );
    expect(texts).toEqual(
      new Set(['budget exhausted: at most 40 strikes on 2026-11-23 for the organization']),
    );
  });

  test('touches none that is left once a stop is set', async () => {
    const { report, world } = await struckOf({}, (made) => ({
      ...made,
      striker: {
        open: async (...given) => {
          const found = await made.striker.open(...given);
          await made.ledger.setStop({ reason: 'now!', by: 'ann', at: start });
          return found;
        },
      },
    }));
    expect(roundsOf(world)).toEqual(['inspect 32', 'inspect 32']);
    expect(world.events.filter((event) => event === 'open')).toHaveLength(1);
    expect(report.counts).toMatchObject({ succeeded: 0, spared: { stop: 70 } });
  });

  test('touches none that is left once a gate has closed', async () => {
    let asked = 0;
    // Asked before the survey, and before the strikes of each round.
    const alarms = async (): Promise<readonly Alarm[]> => {
      asked += 1;
      return [{ name: 'errors', state: asked > 2 ? 'ALARM' : 'OK' }];
    };
    const { report, world } = await struckOf({ gates: { alarms: { organization: ['errors'] } } }, (made) => ({
      ...made,
      signals: { ...made.signals, alarms },
    }));
    expect(roundsOf(world)).toEqual(['inspect 32', 'strike 32', 'inspect 32']);
    expect(report.counts).toMatchObject({ groups: 70, succeeded: 32, spared: { alarms: 38 } });
    for (const { verdict, reason, drawn } of report.decisions) {
      expect(drawn).toEqual(expect.any(Number));
      if (verdict === 'spare') expect(reason.text).toMatch(/^the gate closed during the run: /);
    }
    expect(world.decided).toHaveLength(70);
    expect((await world.ledger.recording(report.runId))?.groups).toHaveLength(70);
  });

  test('asks the gates again only before strikes', async () => {
    let asked = 0;
    const alarms = async (): Promise<readonly Alarm[]> => {
      asked += 1;
      return [{ name: 'errors', state: 'OK' }];
    };
    const { report } = await struckOf(
      { budgets: { perDay: { organization: 32 } }, gates: { alarms: { organization: ['errors'] } } },
      (made) => ({ ...made, signals: { ...made.signals, alarms } }),
    );
    expect(report.counts).toMatchObject({ succeeded: 32, spared: { 'budget-exhausted': 38 } });
    expect(asked).toBe(2);
  });

  test('touches none that is left once the time is up, and says how many', async () => {
    // The strikes of the second round end with the time.
    const { report, world } = await struckOf({}, endingWith(64));
    expect(roundsOf(world)).toEqual(['inspect 32', 'strike 32', 'inspect 32', 'strike 32']);
    expect(report.counts).toMatchObject({ succeeded: 64, spared: { 'not-inspected': 6 } });
    expect(report.failures).toContainEqual({
      stage: 'inspect',
      code: 'DeadlineReached',
      message: 'no time was left to inspect 6 drawn groups',
    });
    expect(report.strikes).toHaveLength(64);
    expect(report.decisions).toHaveLength(70);
    expect(world.decided).toHaveLength(70);
    const { groups: recorded = [] } = (await world.ledger.recording(report.runId)) ?? {};
    expect(recorded.slice(64).map(({ decision }) => decision.reason)).toEqual(
      Array(6).fill({ code: 'not-inspected', text: 'no time was left to inspect it' }),
    );
  });

  test('time that ends with the last group was enough', async () => {
    const { report } = await struckOf({}, endingWith(64), groups.slice(0, 64));
    expect(report.counts).toMatchObject({ succeeded: 64, failures: 0 });
  });

  test.each([
    ['20 seconds', 285_000, 20_000],
    ['half of what is left, which is less', 13_000, 6_500],
  ])('a look may take %s', async (_, lastsMs, tookMs) => {
    const clock = aClock(start);
    const world = aWorld({ groups: groups.slice(0, 1), clock });
    const deadlines: number[] = [];
    const { inspect, protectionsOf } = world.fleet;
    const fleet = {
      ...world.fleet,
      inspect: async (...given: Parameters<typeof inspect>) => {
        deadlines.push(given[1].deadline);
        return inspect(...given);
      },
      protectionsOf: async (...given: Parameters<typeof protectionsOf>) => {
        deadlines.push(given[1].deadline);
        return protectionsOf(...given);
      },
    };
    const started = { ...aRun(world, { slot: start }), deadline: Date.parse(start) + lastsMs };
    await run(started, { ...world, fleet });
    expect(deadlines).toEqual([Date.parse(start) + tookMs, Date.parse(start) + tookMs]);
  });

  test('does not ask a place again that could not be looked at, and goes on with the others', async () => {
    const elsewhere = Array.from({ length: 70 }, (_, index) =>
      aGroup({ name: `e${index}`, region: 'us-east-1' }),
    );
    const world = aWorld({
      config: aConfig({ regions: ['eu-west-1', 'us-east-1'] }),
      groups: [...groups, ...elsewhere],
    });
    const asked: string[] = [];
    const { inspect } = world.fleet;
    const lost = {
      stage: 'inspect',
      code: 'Throttling',
      message: 'slow down',
      account: '222222222222',
      region: 'us-east-1',
    } as const;
    const report = await run(aRun(world, { slot: start }), {
      ...world,
      fleet: {
        ...world.fleet,
        inspect: async (drawn, given) => {
          const [here, there] = [
            drawn.filter((one) => one.region === 'eu-west-1'),
            drawn.filter((one) => one.region !== 'eu-west-1'),
          ];
          asked.push(...there.map(({ name }) => name));
          return { value: (await inspect(here, given)).value, failures: there.length > 0 ? [lost] : [] };
        },
      },
    });
    expect(asked.length).toBeLessThanOrEqual(32);
    expect(report.counts).toMatchObject({ succeeded: 70, spared: { 'not-inspected': 70 } });
    expect(report.failures).toEqual([lost]);
    const texts = report.decisions
      .filter(({ verdict }) => verdict === 'spare')
      .map(({ reason }) => reason.text);
    expect(Map.groupBy(texts, (text) => text)).toEqual(
      new Map([
        ['it could not be inspected', Array(asked.length).fill('it could not be inspected')],
        [
          'other groups in its account and region could not be inspected',
          Array(70 - asked.length).fill('other groups in its account and region could not be inspected'),
        ],
      ]),
    );
  });

  test('an app of which a strike is unverified by now costs no look in the next round', async () => {
    const tags = { 'chaos:opt-in': 'true', 'chaos:app': 'shop' };
    const world = aWorld({ groups: groups.map((group) => ({ ...group, tags })) });
    const report = await run(aRun(world, { slot: start }), world);
    expect(roundsOf(world)).toEqual(['inspect 32', 'strike 1']);
    expect(report.counts).toMatchObject({ succeeded: 1, spared: { 'budget-exhausted': 69 } });
  });

  test('what could not be looked up in one round does not keep the next from being struck', async () => {
    const failures = [{ stage: 'inspect', code: 'Throttling', message: 'slow down' } as const];
    const { report } = await struckOf({}, (made) => {
      let looks = 0;
      const inspect: typeof made.fleet.inspect = async (...given) => {
        looks += 1;
        return looks === 1 ? { value: new Map(), failures } : made.fleet.inspect(...given);
      };
      return { ...made, fleet: { ...made.fleet, inspect } };
    });
    expect(report.counts).toMatchObject({ succeeded: 38, spared: { 'not-inspected': 32 } });
    expect(report.failures).toEqual(failures);
  });
});
