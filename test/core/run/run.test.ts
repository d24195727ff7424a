import { describe, expect, test, vi } from 'vitest';
import type { RunRequestInput } from '#core/config/run-request.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup, inspectionOf } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld, type FakeWorld, fixedClock } from '../../support/a-world.ts';

const [web, api] = [aGroup({ name: 'web' }), aGroup({ name: 'api' })];

const slot = '2026-11-23T09:00:00Z';

describe('run', () => {
  test('surveys, inspects, opens, claims, strikes, records and announces, in this order', async () => {
    const world = aWorld({ groups: [web] });
    const report = await run(aRun(world), world);
    const victim = report.strikes[0]?.target.id;
    expect(world.events).toEqual([
      'survey',
      'inspect web',
      'open',
      `claim ${web.key}`,
      `begin ${web.key}`,
      `strike ${victim}`,
      `settle ${web.key} succeeded`,
      'record-run',
      'announce',
    ]);
    expect(report).toMatchObject({
      task: 'run',
      mode: 'live',
      outcome: 'done',
      counts: {
        accounts: 1,
        regionsSurveyed: 1,
        groups: 1,
        succeeded: 1,
        failed: 0,
        leashed: 0,
        failures: 0,
      },
      strikes: [{ group: web.key, outcome: 'succeeded', detail: 'running -> shutting-down' }],
      decisions: [{ group: web.key, verdict: 'strike', reason: { code: 'drawn' } }],
    });
    expect(world.announced).toEqual([report]);
  });

  test('leashed, it opens no session, claims nothing, strikes nothing, and reports what it would have done', async () => {
    const world = aWorld({ groups: [web] });
    const report = await run(aRun(world, { dryRun: true }), world);
    expect(world.events).toEqual(['survey', 'inspect web', 'record-run', 'announce']);
    expect(report).toMatchObject({
      mode: 'leashed',
      leashedBecause: 'the request did not say dryRun: false',
      counts: { leashed: 1, succeeded: 0 },
      strikes: [{ outcome: 'leashed' }],
    });
  });

  test('a leashed run names the same instance that the live run of that slot strikes', async () => {
    const world = aWorld({ groups: [web, api] });
    const leashed = await run(aRun(world, { dryRun: true, slot }), world);
    const live = await run(aRun(world, { slot }, '00000002'), world);
    const victims = (report: typeof live) => report.strikes.map(({ target }) => target.id).sort();
    expect(victims(live)).toHaveLength(2);
    expect(victims(live)).toEqual(victims(leashed));
  });

  test('under a stop nothing is surveyed, in either mode', async () => {
    for (const dryRun of [true, false]) {
      const world = aWorld({ groups: [web] });
      await world.ledger.setStop({ reason: 'sale', by: 'ann', at: '2026-11-23T08:00:00Z' });
      const report = await run(aRun(world, { dryRun }), world);
      expect(world.events).toEqual(['record-run', 'announce']);
      expect(report).toMatchObject({ outcome: 'closed', counts: { groups: 0 } });
    }
  });

  test('outside the window a live run ends at the gates', async () => {
    const world = aWorld({ groups: [web], clock: fixedClock('2026-11-22T09:00:00Z') });
    const report = await run(aRun(world), world);
    expect(world.events).toEqual(['record-run', 'announce']);
    expect(report).toMatchObject({ outcome: 'closed', mode: 'live', strikes: [], decisions: [] });
  });

  test('a request narrows the run to accounts, regions and groups, by name or key', async () => {
    const config = aConfig({
      accounts: ['222222222222', '333333333333'],
      regions: ['eu-west-1', 'us-east-1'],
    });
    const elsewhere = aGroup({ account: '333333333333', name: 'web' });
    const world = aWorld({ config, groups: [web, api, elsewhere] });
    const groupsOf = async (request: RunRequestInput) =>
      (await run(aRun(world, { dryRun: true, ...request }), world)).decisions
        .map(({ group }) => group)
        .sort();
    expect(await groupsOf({})).toEqual([api.key, web.key, elsewhere.key]);
    expect(await groupsOf({ accounts: ['333333333333'] })).toEqual([elsewhere.key]);
    expect(await groupsOf({ groups: ['web'] })).toEqual([web.key, elsewhere.key]);
    expect(await groupsOf({ groups: [web.key] })).toEqual([web.key]);
  });

  test('hands only the regions asked for to the survey', async () => {
    const config = aConfig({ regions: ['eu-west-1', 'us-east-1'] });
    const world = aWorld({ config });
    let regions: readonly string[] = [];
    await run(aRun(world, { regions: ['us-east-1'] }), {
      ...world,
      fleet: {
        ...world.fleet,
        survey: async (accounts) => {
          regions = accounts.flatMap((account) => account.regions);
          return { value: { seen: [], regionsSurveyed: 1 }, failures: [] };
        },
      },
    });
    expect(regions).toEqual(['us-east-1']);
  });

  test('names groups that were asked for and not seen', async () => {
    const world = aWorld({ groups: [web] });
    const report = await run(aRun(world, { groups: ['web', 'wbe'] }), world);
    expect(report.groupsNotFound).toEqual(['wbe']);
  });

  test('reports groups in the order of their names, in whatever order they were seen', async () => {
    const world = aWorld({ groups: [web, api] });
    const report = await run(aRun(world), world);
    expect(report.decisions.map(({ group }) => group)).toEqual([api.key, web.key]);
    expect(report.strikes.map(({ group }) => group)).toEqual([api.key, web.key]);
  });

  test('an empty fleet is a run with nothing in it', async () => {
    const world = aWorld();
    expect(await run(aRun(world), world)).toMatchObject({
      outcome: 'done',
      counts: { groups: 0, failures: 0, spared: {} },
      decisions: [],
      strikes: [],
    });
  });

  test('what a survey could not see is reported, and the rest goes on', async () => {
    const world = aWorld({ groups: [web] });
    const denied = {
      stage: 'assume-role',
      code: 'AccessDenied',
      message: 'no',
      account: '333333333333',
    } as const;
    const { fleet } = world;
    const report = await run(aRun(world), {
      ...world,
      fleet: {
        ...fleet,
        survey: async (...given) => ({ ...(await fleet.survey(...given)), failures: [denied] }),
      },
    });
    expect(report.failures).toEqual([denied]);
    expect(report.counts).toMatchObject({ succeeded: 1, failures: 1 });
    expect(world.failed).toEqual([denied]);
  });

  test('a group whose instances could not be looked up is spared', async () => {
    const world = aWorld({ groups: [web] });
    const report = await run(aRun(world), {
      ...world,
      fleet: { ...world.fleet, inspect: async () => ({ value: new Map(), failures: [] }) },
    });
    expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'not-inspected' } }]);
    expect(report.strikes).toEqual([]);
  });

  test('recording and announcing do not wait for each other', async () => {
    const world = aWorld({ groups: [web] });
    let announced = false;
    const report = await run(aRun(world), {
      ...world,
      ledger: {
        ...world.ledger,
        recordRun: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          if (!announced) throw new Error('the announcement waits');
        },
      },
      announcer: {
        ...world.announcer,
        announce: async () => {
          announced = true;
        },
      },
    });
    expect(report.failures).toEqual([]);
  });

  test('accounts are surveyed in another order in every slot, the same in each run of it', async () => {
    const accounts = Array.from({ length: 8 }, (_, index) => String(200_000_000_000 + index));
    const orderIn = async (asked: string) => {
      const world = aWorld({ config: aConfig({ accounts }) });
      let order: readonly string[] = [];
      await run(aRun(world, { dryRun: true, slot: asked }), {
        ...world,
        fleet: {
          ...world.fleet,
          survey: async (scope) => {
            order = scope.map(({ id }) => id);
            return { value: { seen: [], regionsSurveyed: 8 }, failures: [] };
          },
        },
      });
      return order;
    };
    const nine = await orderIn('2026-11-23T09:00:00Z');
    expect([...nine].sort()).toEqual(accounts);
    expect(await orderIn('2026-11-23T09:00:00Z')).toEqual(nine);
    expect(await orderIn('2026-11-23T10:00:00Z')).not.toEqual(nine);
  });

  describe('whatever fails, it answers with a report and strikes nothing that is not claimed', () => {
    const failing = async (): Promise<never> => {
      throw new Error('out of order');
    };
    const cases: readonly [string, (world: FakeWorld) => Partial<FakeWorld>, string, readonly string[]][] = [
      ['the control item', (w) => ({ ledger: { ...w.ledger, control: failing } }), 'control', []],
      ['the survey', (w) => ({ fleet: { ...w.fleet, survey: failing } }), 'survey', []],
      ['the inspection', (w) => ({ fleet: { ...w.fleet, inspect: failing } }), 'inspect', []],
      ['the open strikes', (w) => ({ ledger: { ...w.ledger, openStrikes: failing } }), 'verify', []],
      ['opening sessions', () => ({ striker: { open: failing } }), 'assume-role', []],
      ['a claim', (w) => ({ ledger: { ...w.ledger, claim: failing } }), 'claim', []],
      ['the begin of a strike', (w) => ({ ledger: { ...w.ledger, begin: failing } }), 'claim', []],
      ['settling a strike', (w) => ({ ledger: { ...w.ledger, settle: failing } }), 'record', ['strike']],
      ['recording the run', (w) => ({ ledger: { ...w.ledger, recordRun: failing } }), 'record', ['strike']],
      [
        'keeping the recording',
        (w) => ({ ledger: { ...w.ledger, openRecording: () => ({ add: () => {}, close: failing }) } }),
        'record',
        ['strike'],
      ],
      ['announcing', (w) => ({ announcer: { ...w.announcer, announce: failing } }), 'announce', ['strike']],
    ];
    test.each(cases)('%s', async (_, breakage, stage, struck) => {
      const world = aWorld({ groups: [web] });
      const report = await run(aRun(world), { ...world, ...breakage(world) });
      const [failure, ...more] = report.failures;
      expect(failure).toMatchObject({ stage, code: 'Error', message: 'out of order' });
      // What the guards could not be told is why nothing was struck.
      expect(more.map(({ code }) => code)).toEqual(stage === 'verify' ? ['CouldNotBeChecked'] : []);
      expect(report.counts.failures).toBe(report.failures.length);
      expect(
        world.events.filter((event) => event.startsWith('strike')).map((event) => event.split(' ')[0]),
      ).toEqual(struck);
      expect(world.failed).toEqual(report.failures);
    });
  });

  test('what the gates are told is asked only as far as the configuration asks for it', async () => {
    const asked: string[] = [];
    const signals = {
      alarms: async () => {
        asked.push('alarms');
        return [{ name: 'errors', state: 'ALARM' as const }];
      },
      closedCalendars: async () => {
        asked.push('calendars');
        return [];
      },
    };
    const world = aWorld({ groups: [web] });
    expect((await run(aRun(world), { ...world, signals })).outcome).toBe('done');
    expect(asked).toEqual([]);
    const gated = aWorld({
      config: aConfig({ gates: { alarms: { organization: ['errors'] } } }),
      groups: [web],
    });
    expect(await run(aRun(gated), { ...gated, signals })).toMatchObject({
      outcome: 'closed',
      gates: expect.arrayContaining([{ gate: 'alarms', open: false, text: 'alarm errors is in ALARM' }]),
    });
    expect(asked).toEqual(['alarms']);
  });

  describe('by a clock that is three hours ahead', () => {
    // Really it is 06:00, and the veto holds until 08:00.
    const skewed = async (dryRun: boolean) => {
      const world = aWorld({ groups: [web] });
      const until = '2026-11-23T08:00:00Z';
      await world.ledger.setVeto(web.key, { reason: 'sale', by: 'ann', at: '2026-11-23T05:00:00Z', until });
      const skew = { offsetMs: () => -3 * 3_600_000 };
      return { world, report: await run(aRun(world, { dryRun }), { ...world, skew }) };
    };

    test('a live run ends, as no veto nor the hours can be told by it', async () => {
      const { world, report } = await skewed(false);
      expect(report.outcome).toBe('closed');
      expect(report.gates).toContainEqual({
        gate: 'clock',
        open: false,
        text: "the clock of this process is 180 minutes ahead of AWS's. Correct the clock of its host",
      });
      expect(world.events.filter((event) => /^(survey|claim|strike)/.test(event))).toEqual([]);
    });

    test('a leashed one goes on, and says so', async () => {
      const { report } = await skewed(true);
      expect(report.outcome).toBe('done');
      expect(report.gates).toContainEqual(expect.objectContaining({ gate: 'clock', open: false }));
    });
  });

  test('keeps what a run was decided on, and nothing of one that did not survey', async () => {
    const world = aWorld({ groups: [web, api] });
    const { runId } = await run(aRun(world), world);
    const recording = await world.ledger.recording(runId);
    expect(recording).toMatchObject({ runId, config: world.config, groups: [{}, {}] });
    const closed = aWorld({ groups: [web], clock: fixedClock('2026-11-22T09:00:00Z') });
    const report = await run(aRun(closed), closed);
    expect(await closed.ledger.recording(report.runId)).toBeUndefined();
  });

  test('of a ledger that cannot be read the gates say that a stop may be set', async () => {
    const world = aWorld({ groups: [web] });
    const control = async () => Promise.reject(new Error('table gone'));
    const { gates } = await run(aRun(world), { ...world, ledger: { ...world.ledger, control } });
    expect(gates).toContainEqual({
      gate: 'stop',
      open: false,
      text: 'the ledger could not be read, so a stop may be set',
    });
  });

  test('logs that it has begun', async () => {
    const world = aWorld();
    const begun = vi.spyOn(world.journal, 'begun');
    const started = aRun(world);
    await run(started, world);
    expect(begun.mock.calls).toEqual([[started, started.slot, 'run']]);
  });

  test('logs a line for every decision', async () => {
    const groups = [web, api, aGroup({ name: 'lonely', desired: 9 })];
    const world = aWorld({ groups, inspect: inspectionOf });
    const report = await run(aRun(world), world);
    expect(world.decided).toHaveLength(3);
    expect(world.decided).toEqual(expect.arrayContaining([...report.decisions]));
    expect(world.struck).toHaveLength(2);
    expect(world.struck).toEqual(expect.arrayContaining([...report.strikes]));
  });
});
