import { describe, expect, test, vi } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';

const web = aGroup({ name: 'web' });
const slot = '2026-11-23T09:00:00Z';
const touches = ({ events }: FakeWorld) =>
  events.filter((event) => /^(claim|begin|strike|settle)/.test(event));

/** A run in whose midst something happens: as its groups are looked up, its session opens, it claims, or its strike begins. */
async function interrupted(
  when: 'inspect' | 'open' | 'claim' | 'begin',
  what: (world: FakeWorld, clock: ReturnType<typeof aClock>, deadline: number) => void | Promise<void>,
  {
    start = slot,
    config = {},
    lastsMs = 285_000,
  }: { readonly start?: string; readonly config?: Partial<ConfigInput>; readonly lastsMs?: number } = {},
): Promise<{ readonly report: RunReport; readonly world: FakeWorld }> {
  const clock = aClock(start);
  const world = aWorld({ config: aConfig(config), groups: [web], clock });
  const { fleet, ledger } = world;
  const started = { ...aRun(world), deadline: Date.parse(start) + lastsMs };
  const happens = async (now: typeof when) => {
    if (now === when) await what(world, clock, started.deadline);
  };
  const report = await run(started, {
    ...world,
    fleet: {
      ...fleet,
      inspect: async (...given) => {
        await happens('inspect');
        return fleet.inspect(...given);
      },
    },
    striker: {
      open: async (...given) => {
        await happens('open');
        return world.striker.open(...given);
      },
    },
    ledger: {
      ...ledger,
      stop: () => ledger.stop(),
      claim: async (claim) => {
        const outcome = await ledger.claim(claim);
        await happens('claim');
        return outcome;
      },
      begin: async (strike) => {
        const begun = await ledger.begin(strike);
        await happens('begin');
        return begun;
      },
    },
  });
  return { report, world };
}

const failToStop = (world: FakeWorld) =>
  vi.spyOn(world.ledger, 'stop').mockRejectedValue(new Error('table gone'));
const stop = ({ ledger }: FakeWorld) => ledger.setStop({ reason: 'now!', by: 'ann', at: slot });

describe('between the decision and the strike', () => {
  test.each(['open', 'claim'] as const)(
    'a stop that is set (at the %s) keeps what is not begun',
    async (when) => {
      const { report, world } = await interrupted(when, stop);
      expect(report.strikes).toEqual([]);
      expect(report.failures).toEqual([]);
      expect(report.decisions).toMatchObject([
        { verdict: 'spare', reason: { code: 'stop', text: 'a stop was set during the run' } },
      ]);
      expect(touches(world)).toEqual([`claim ${web.key}`, `begin ${web.key}`]);
      // Its claim is withdrawn, and leaves nothing behind.
      expect((await world.ledger.recentStrikes(web.key, 1)).found).toEqual([]);
      expect((await world.ledger.groupRecords([web.key])).found.get(web.key)?.last).toBeUndefined();
    },
  );

  test('a stop that is set once a strike has begun comes too late for it', async () => {
    const { report } = await interrupted('begin', stop);
    expect(report.counts.succeeded).toBe(1);
  });

  test('a stop is obeyed while many strikes are under way: at most a batch of them is made after it', async () => {
    let made = 0;
    const world: FakeWorld = aWorld({
      groups: Array.from({ length: 200 }, (_, index) => aGroup({ name: `g${index}` })),
      strike: async () => {
        made += 1;
        if (made === 20) await stop(world);
        return { outcome: 'succeeded', detail: 'gone' };
      },
    });
    const report = await run(aRun(world), world);
    expect(made).toBeLessThan(20 + 8);
    expect(report.counts.spared.stop).toBe(200 - made);
  });

  test.each<[string, Parameters<typeof interrupted>[1], Partial<ConfigInput>, string, string]>([
    ['a stop is set', stop, {}, 'stop', 'stopped by ann at 2026-11-23T09:00:00Z: now!'],
    [
      'the ledger cannot be asked',
      (world) => void failToStop(world),
      {},
      'stop',
      'the ledger could not be read',
    ],
    ['the window closes', (_, clock) => clock.set('2026-11-23T16:00:00Z'), {}, 'schedule', 'it is Mon'],
    [
      'a freeze begins',
      (_, clock) => clock.set('2026-11-23T09:01:00Z'),
      { calendar: { freezes: [{ from: '2026-11-23T09:01', to: '2026-11-24', reason: 'release' }] } },
      'freeze',
      'frozen until Wed',
    ],
  ])('%s while groups are looked up: no session is opened', async (_, what, config, code, text) => {
    const { report, world } = await interrupted('inspect', what, { config });
    expect(world.events).not.toContain('open');
    expect(report.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: {
          code,
          text: expect.stringContaining(`the gate closed during the run: ${text}`),
        },
      },
    ]);
  });

  test('a look holds for 45 seconds: on an older one nothing is struck', async () => {
    const aged = async (seconds: number) =>
      interrupted('open', (_, clock) => clock.set(Date.parse(slot) + seconds * 1_000));
    expect((await aged(45)).report.strikes).toHaveLength(1);
    const { report, world } = await aged(46);
    expect(touches(world)).toEqual([]);
    expect(report.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: { code: 'not-inspected', text: 'its inspection is already 46 s old' },
        drawn: expect.any(Number),
      },
    ]);
  });

  test('the window closes: nothing is claimed or struck any more', async () => {
    const { report, world } = await interrupted('open', (_, clock) => clock.set('2026-11-23T16:00:00Z'), {
      start: '2026-11-23T15:59:30Z',
    });
    expect(touches(world)).toEqual([]);
    expect(report.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: { code: 'schedule', text: "the schedule's window closed during the run" },
      },
    ]);
  });

  test('the window closes after the claim: the strike fails, and its claim is given back', async () => {
    const { report, world } = await interrupted('begin', (_, clock) => clock.set('2026-11-23T16:00:00Z'), {
      start: '2026-11-23T15:59:59Z',
    });
    expect(touches(world).map((event) => event.split(' ')[0])).toEqual(['claim', 'begin', 'settle']);
    expect(report.strikes).toMatchObject([{ outcome: 'failed' }]);
    expect((await world.ledger.groupRecords([web.key])).found.get(web.key)?.last).toBeUndefined();
  });

  test('a freeze begins: nothing is claimed or struck any more', async () => {
    const freezes = [{ from: '2026-11-23T09:01', to: '2026-11-24', reason: 'release' }];
    const { report, world } = await interrupted('open', (_, clock) => clock.set('2026-11-23T09:01:00Z'), {
      start: '2026-11-23T09:00:30Z',
      config: { calendar: { freezes } },
    });
    expect(touches(world)).toEqual([]);
    expect(report.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: { code: 'freeze', text: 'a freeze began during the run: release' },
      },
    ]);
  });

  test.each([
    ['its account', { accounts: ['222222222222'] }],
    ['its name', { groups: ['w*'] }],
  ])('a freeze of %s begins: it is not claimed or struck any more', async (_, of) => {
    const freezes = [{ from: '2026-11-23T09:01', to: '2026-11-24', reason: 'release', ...of }];
    const { report, world } = await interrupted('open', (_, clock) => clock.set('2026-11-23T09:01:00Z'), {
      start: '2026-11-23T09:00:30Z',
      config: { calendar: { freezes } },
    });
    expect(touches(world)).toEqual([]);
    expect(report.decisions).toMatchObject([
      {
        verdict: 'spare',
        reason: {
          code: 'frozen',
          text: 'a freeze of the group or its account began during the run: release',
        },
      },
    ]);
  });

  describe('what the outside world says is asked again', () => {
    const calendarArn = 'arn:aws:ssm:eu-west-1:111111111111:document/freeze';
    /** A run of two groups whose alarm and change calendar are asked twice. */
    const rerun = async (
      config: Partial<ConfigInput>,
      second: { readonly alarm?: 'OK' | 'ALARM'; readonly closed?: readonly string[]; readonly fails?: true },
      dryRun = false,
    ) => {
      const world = aWorld({ config: aConfig(config), groups: [web, aGroup({ name: 'api' })] });
      const asked: string[] = [];
      const isAgain = (what: string) => asked.push(what) > 1;
      const signals = {
        alarms: async () => {
          const again = isAgain('alarms');
          if (again && second.fails) throw new Error('throttled');
          return [{ name: 'errors', state: again ? (second.alarm ?? ('OK' as const)) : ('OK' as const) }];
        },
        closedCalendars: async () => (isAgain('calendars') ? (second.closed ?? []) : []),
      };
      const report = await run(aRun(world, { slot, dryRun }), { ...world, signals });
      return { report, world, asked };
    };
    const alarmed = { gates: { alarms: { organization: ['errors'] } } };
    const closing = { gates: { changeCalendars: [calendarArn] } };

    test.each([
      ['an alarm goes off', alarmed, { alarm: 'ALARM' as const }, 'alarms', 'alarm errors is in ALARM'],
      ['it cannot be asked', alarmed, { fails: true as const }, 'alarms', 'could not be checked: throttled'],
      ['a calendar closes', closing, { closed: ['freeze'] }, 'change-calendar', 'closed: freeze'],
    ])('%s: nothing is claimed, and no session opened', async (_, config, second, code, text) => {
      const { report, world } = await rerun(config, second);
      expect(touches(world)).toEqual([]);
      expect(world.events).not.toContain('open');
      const reason = { code, text: `the gate closed during the run: ${text}` };
      expect(report.decisions.map((decision) => decision.reason)).toEqual([reason, reason]);
      expect(report.counts).toMatchObject({ succeeded: 0, spared: { [code]: 2 } });
      expect(world.decided).toHaveLength(2);
    });

    test('and whether the clock is right: nothing is claimed once it is seen not to be', async () => {
      const world = aWorld({ groups: [web] });
      const { survey } = world.fleet;
      let offset = 0;
      const report = await run(aRun(world), {
        ...world,
        skew: { offsetMs: () => offset },
        fleet: {
          ...world.fleet,
          survey: async (...given) => {
            offset = -3 * 3_600_000;
            return survey(...given);
          },
        },
      });
      expect(touches(world)).toEqual([]);
      expect(report.decisions).toMatchObject([
        { reason: { code: 'clock', text: expect.stringContaining("180 minutes ahead of AWS's") } },
      ]);
    });

    test('once, and all are struck where nothing has changed', async () => {
      const { report, asked } = await rerun(alarmed, {});
      expect(asked).toEqual(['alarms', 'alarms']);
      expect(report.counts.succeeded).toBe(2);
    });

    test('not where nothing is touched', async () => {
      const { report, asked } = await rerun(alarmed, { alarm: 'ALARM' }, true);
      expect(asked).toEqual(['alarms']);
      expect(report.counts.leashed).toBe(2);
    });
  });

  test('the time is up: nothing is claimed or struck', async () => {
    const { report, world } = await interrupted('open', (_, clock, deadline) => clock.set(deadline), {
      lastsMs: 30_000,
    });
    expect(touches(world)).toEqual([]);
    expect(report.failures).toMatchObject([{ stage: 'claim', code: 'DeadlineReached', group: web.key }]);
    expect(report.decisions).toMatchObject([
      { verdict: 'spare', reason: { code: 'claim-failed', text: 'no time was left to strike' } },
    ]);
  });

  test.each(['claim', 'begin'] as const)(
    'the time is up at the %s: that is a strike that failed, and nothing is struck',
    async (when) => {
      const { report, world } = await interrupted(when, (_, clock, deadline) => clock.set(deadline));
      expect(touches(world)).toEqual([`claim ${web.key}`, `begin ${web.key}`, `settle ${web.key} failed`]);
      expect(report.strikes).toMatchObject([
        { outcome: 'failed', detail: 'DeadlineReached: no time was left to strike' },
      ]);
      expect((await world.ledger.openStrikes()).found).toEqual([]);
    },
  );

  test('the record of its group changes: it is spared, as it was decided on another one', async () => {
    const veto = { reason: 'no!', by: 'ann', at: slot, until: '2026-11-24T09:00:00Z' };
    const world = aWorld({ groups: [web] });
    const { striker, ledger } = world;
    const report = await run(aRun(world), {
      ...world,
      striker: {
        open: async (...given) => {
          await ledger.setVeto(web.key, veto);
          return striker.open(...given);
        },
      },
    });
    expect(touches(world)).toEqual([`claim ${web.key}`]);
    expect(report.decisions).toMatchObject([
      { reason: { code: 'already-claimed', text: 'its record changed during the run' } },
    ]);
  });
});
