import { describe, expect, test, vi } from 'vitest';
import type { ClaimOutcome, StrikeEntry } from '#core/model/strike.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aStrikeEntry } from '../../support/a-guard-context.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld, type FakeWorld, fixedClock } from '../../support/a-world.ts';

const [web, api] = [aGroup({ name: 'web' }), aGroup({ name: 'api' })];
const slot = '2026-11-23T09:00:00Z';

/** A live run of the slot in which the ledger does otherwise in some ways. */
async function runWith(
  world: FakeWorld,
  ledger: (real: Ledger) => Partial<Ledger> = () => ({}),
): Promise<RunReport> {
  return run(aRun(world, { slot }), { ...world, ledger: { ...world.ledger, ...ledger(world.ledger) } });
}
const touches = ({ events }: FakeWorld) =>
  events.flatMap((event) => /^(claim|begin|strike|settle)(?= )/.exec(event)?.[1] ?? []);
/** The strike of `web` as the ledger has it. */
async function entryOf({ ledger }: FakeWorld): Promise<StrikeEntry | undefined> {
  return (await ledger.recentStrikes(web.key, 1)).found[0];
}
const failing = async (): Promise<never> => {
  throw Object.assign(new Error('out of order'), { name: 'ServiceUnavailable' });
};

describe('strikeAll, in a run', () => {
  test('claims, begins, strikes and settles, in this order', async () => {
    const world = aWorld({ groups: [web] });
    const report = await runWith(world);
    expect(touches(world)).toEqual(['claim', 'begin', 'strike', 'settle']);
    expect(await entryOf(world)).toMatchObject({
      runId: report.runId,
      slot,
      state: 'succeeded',
      detail: 'running -> shutting-down',
      recovery: undefined,
    });
  });

  test('claims with what a later run needs to look after the strike', async () => {
    const group = aGroup({ tags: { 'chaos:opt-in': 'true', 'chaos:app': 'shop' } });
    const config = aConfig({
      budgets: { perDay: { organization: 5 } },
      schedule: { timeZone: 'America/Los_Angeles', to: '17:00' },
    });
    // Monday 16:00 in Los Angeles.
    const monday = '2026-11-24T00:00:00Z';
    const world = aWorld({ config, groups: [group], clock: fixedClock(monday) });
    const started = aRun(world, { slot: monday });
    await run(started, world);
    expect(await entryOf(world)).toMatchObject({
      target: { group: group.key, facts: { autoScalingGroup: 'web' } },
      fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
      app: 'shop',
      healthy: 3,
      version: 0,
      day: '2026-11-23',
      at: '2026-11-24T00:00:00.000Z',
      // A minute after the last moment at which anything is begun.
      abandonedAfter: started.deadline + 60_000,
      budgets: [
        { scope: 'organization', of: '', over: '2026-11-23', max: 5 },
        { scope: 'app', of: 'shop', over: 'unverified', max: 1 },
        { scope: 'group', of: group.key, over: 'unverified', max: 1 },
      ],
    });
  });

  test('a second run of a slot strikes nothing and names the run that has it', async () => {
    const world = aWorld({ groups: [web] });
    const first = await run(aRun(world, { slot }), world);
    const second = await run(aRun(world, { slot }, '00000002'), world);
    expect(touches(world).filter((event) => event === 'strike')).toHaveLength(1);
    expect(second.strikes).toEqual([]);
    expect(second.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: {
          code: 'already-claimed',
          text: `run ${first.runId} has this slot: ${first.strikes[0]?.target.id}, succeeded`,
        },
      },
    ]);
  });

  describe('where something fails between two steps', () => {
    test('a claim that cannot be made: nothing is struck, and the group is spared', async () => {
      const world = aWorld({ groups: [web] });
      const report = await runWith(world, () => ({ claim: failing }));
      expect(touches(world)).toEqual([]);
      expect(report.decisions).toMatchObject([
        {
          verdict: 'spare',
          reason: { code: 'claim-failed', text: 'out of order' },
          drawn: expect.any(Number),
        },
      ]);
      expect(report.failures).toEqual([
        {
          stage: 'claim',
          code: 'ServiceUnavailable',
          message: 'out of order',
          account: '222222222222',
          region: 'eu-west-1',
          group: web.key,
        },
      ]);
    });

    test('a strike that cannot be begun: nothing is struck; the plan waits for a later run to look after it', async () => {
      const world = aWorld({ groups: [web] });
      const report = await runWith(world, () => ({ begin: failing }));
      expect(touches(world)).toEqual(['claim']);
      expect(report.strikes).toEqual([]);
      expect(report.decisions).toMatchObject([{ verdict: 'spare', reason: { code: 'claim-failed' } }]);
      expect(report.failures).toMatchObject([{ stage: 'claim', code: 'ServiceUnavailable', group: web.key }]);
      expect(await entryOf(world)).toMatchObject({ state: 'planned' });
    });

    test('a plan that was taken back meanwhile: nothing is struck, and nothing has failed', async () => {
      const world = aWorld({ groups: [web] });
      const report = await runWith(world, () => ({ begin: async () => 'gone' }));
      expect(touches(world)).toEqual(['claim']);
      expect(report.strikes).toEqual([]);
      expect(report.failures).toEqual([]);
      expect(report.decisions).toMatchObject([
        {
          verdict: 'spare',
          reason: {
            code: 'claim-failed',
            text: 'its claim was withdrawn by a verification that took this run for dead',
          },
        },
      ]);
    });

    test('a strike that rejects is not known to have been made, and is left for a later run to look at', async () => {
      const world = aWorld({ groups: [web], strike: failing });
      const report = await runWith(world);
      const outcome = { outcome: 'unknown', detail: 'ServiceUnavailable: out of order' };
      expect(report.strikes).toMatchObject([outcome]);
      expect(report.counts).toMatchObject({ unknown: 1, succeeded: 0, failed: 0 });
      expect(report.decisions).toMatchObject([{ verdict: 'strike' }]);
      expect(await entryOf(world)).toMatchObject({ state: 'unknown', detail: outcome.detail });
      expect((await world.ledger.openStrikes()).found).toHaveLength(1);
    });

    test('an outcome that cannot be recorded is in the report all the same', async () => {
      const world = aWorld({ groups: [web] });
      const report = await runWith(world, () => ({ settle: failing }));
      expect(touches(world)).toEqual(['claim', 'begin', 'strike']);
      expect(report.strikes).toMatchObject([{ outcome: 'succeeded' }]);
      expect(report.failures).toMatchObject([
        { stage: 'record', code: 'ServiceUnavailable', group: web.key },
      ]);
      expect(await entryOf(world)).toMatchObject({ state: 'striking' });
    });
  });

  test.each<[string, ClaimOutcome, string, string]>([
    [
      'was lost to another run',
      { status: 'taken', existing: aStrikeEntry({ state: 'striking' }) },
      'already-claimed',
      'run 20261123T090000Z-00000001 has this slot: i-web-a, striking',
    ],
    [
      'found another record than was decided on',
      { status: 'changed' },
      'already-claimed',
      'its record changed during the run',
    ],
    [
      'found a budget of the day spent',
      { status: 'exhausted', budget: { scope: 'organization', of: '', over: '2026-11-23', max: 5 } },
      'budget-exhausted',
      'budget exhausted: at most 5 strikes on 2026-11-23 for the organization',
    ],
    [
      'found a budget of open strikes spent',
      { status: 'exhausted', budget: { scope: 'app', of: 'shop', over: 'unverified', max: 1 } },
      'budget-exhausted',
      'budget exhausted: at most 1 unverified strike at a time for app shop',
    ],
  ])('a claim that %s is a spare, and no failure', async (_, outcome, code, text) => {
    const world = aWorld({ groups: [web] });
    const report = await runWith(world, () => ({ claim: async () => outcome }));
    expect(touches(world)).toEqual([]);
    expect(report.failures).toEqual([]);
    expect(report.decisions).toMatchObject([
      { verdict: 'spare', reason: { code, text }, drawn: expect.any(Number) },
    ]);
  });

  test('a budget is exact: of many groups as many are struck as it holds', async () => {
    const groups = Array.from({ length: 20 }, (_, index) => aGroup({ name: `g${index}` }));
    const world = aWorld({ config: aConfig({ budgets: { perDay: { region: 7 } } }), groups });
    const report = await runWith(world);
    expect(report.counts).toMatchObject({ succeeded: 7, spared: { 'budget-exhausted': 13 } });
  });

  test('a strike that fails is recorded as failed, with what AWS said, and gives its budget back; the others go on', async () => {
    const config = aConfig({ budgets: { perDay: { organization: 9 } } });
    const world = aWorld({
      config,
      groups: [web, api],
      strike: async ({ target }) =>
        target.group === web.key
          ? { outcome: 'failed', detail: 'UnauthorizedOperation: you may not' }
          : { outcome: 'succeeded', detail: 'ok' },
    });
    const report = await runWith(world);
    expect(report.counts).toMatchObject({ succeeded: 1, failed: 1 });
    expect(report.strikes).toContainEqual(
      expect.objectContaining({
        group: web.key,
        outcome: 'failed',
        detail: 'UnauthorizedOperation: you may not',
      }),
    );
    expect(world.events).toContain(`settle ${web.key} failed`);
    expect((await world.ledger.openStrikes()).found.map(({ group }) => group)).toEqual([api.key]);
    expect((await world.ledger.usage([{ scope: 'organization', of: '', over: '2026-11-23' }])).found).toEqual(
      [1],
    );
  });

  test('a group for which no session could be opened is spared, and nothing is claimed for it', async () => {
    const world = aWorld({ groups: [web] });
    const failures = [{ stage: 'assume-role', code: 'AccessDenied', message: 'no', group: web.key } as const];
    const report = await run(aRun(world), {
      ...world,
      striker: { open: async () => ({ value: [], failures }) },
    });
    expect(report.decisions).toMatchObject([
      { verdict: 'spare', reason: { code: 'not-reached', text: 'no session could be opened to strike it' } },
    ]);
    expect(report.failures).toEqual(failures);
    expect(touches(world)).toEqual([]);
  });

  test('a run that dies while it strikes has logged what it did', async () => {
    const groups = Array.from({ length: 30 }, (_, index) => aGroup({ name: `g${index}` }));
    const world = aWorld({
      groups,
      strike: ({ target }) =>
        target.group.endsWith('/g29')
          ? new Promise(() => {})
          : Promise.resolve({ outcome: 'succeeded', detail: 'gone' }),
    });
    const dying = run(aRun(world), world);
    await vi.waitFor(() => {
      expect(world.struck.length).toBe(29);
      expect(world.decided.length).toBe(29);
    }, 60_000);
    expect(await Promise.race([dying, 'still striking'])).toBe('still striking');
  });

  test('a strike may be retried for five seconds, never past the deadline or the end of the window', async () => {
    const untilAt = async (time: string, ms = 300_000) => {
      let until = 0;
      const world = aWorld({
        groups: [web],
        clock: fixedClock(time),
        strike: async (_order, given) => {
          until = given;
          return { outcome: 'succeeded', detail: 'gone' };
        },
      });
      await run({ ...aRun(world), deadline: Date.parse(time) + ms }, world);
      return until - Date.parse(time);
    };
    expect(await untilAt('2026-11-23T09:00:00Z')).toBe(5_000);
    expect(await untilAt('2026-11-23T09:00:00Z', 3_000)).toBe(3_000);
    expect(await untilAt('2026-11-23T15:59:58Z')).toBe(2_000);
  });

  test('a leashed run opens, claims and settles nothing', async () => {
    const world = aWorld({ groups: [web, api] });
    const report = await run(aRun(world, { dryRun: true, slot }), world);
    expect(world.events).toEqual(['survey', 'inspect api,web', 'record-run', 'announce']);
    expect(report.strikes.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['leashed', 'leashed: nothing was touched'],
      ['leashed', 'leashed: nothing was touched'],
    ]);
    expect(world.struck).toHaveLength(2);
    expect(world.decided.map(({ verdict }) => verdict)).toEqual(['strike', 'strike']);
  });
});
