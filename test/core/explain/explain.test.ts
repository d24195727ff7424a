import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import { explain } from '#core/explain/explain.ts';
import { makePlan } from '#core/plan/make-plan.ts';
import { run } from '#core/run/run.ts';
import { InvalidInput } from '#core/util/parse.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { anInspection } from '../../support/a-guard-context.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld, type FakeWorld } from '../../support/a-world.ts';
import { readable } from '../../support/readable.ts';

const monday = '2026-11-23T09:00:00Z';
const web = aGroup({ name: 'web', tags: { 'chaos:opt-in': 'true', 'chaos:app': 'shop' } });
const asked = { task: 'explain', group: 'web' } as const;

function anExplainedWorld(
  config: Partial<ConfigInput> = {},
  time = monday,
  groups: readonly InstanceGroup[] = [web],
): FakeWorld {
  return aWorld({ config: aConfig(config), groups, clock: aClock(time) });
}
const explained = (world: FakeWorld) => explain(asked, aRun(world), world);
/** As they are after a run of Monday's first slot. */
async function struckWorld(config: Partial<ConfigInput> = {}): Promise<FakeWorld> {
  const world = anExplainedWorld(config);
  await run(aRun(world, { slot: monday }), world);
  return world;
}

describe('explain', () => {
  test('says of which group, when, and on which day', async () => {
    const world = anExplainedWorld({ schedule: { timeZone: 'Pacific/Auckland' } }, '2026-11-23T20:00:00Z');
    expect(await explained(world)).toMatchObject({
      schemaVersion: 2,
      group: web.key,
      at: '2026-11-23T20:00:00.000Z',
      day: '2026-11-24',
      failures: [],
    });
  });

  test('claims, strikes, records and announces nothing', async () => {
    const world = anExplainedWorld();
    await explained(world);
    expect(world.events).toEqual(['survey', 'inspect web']);
  });

  test('says how the gates are, closed or not', async () => {
    const world = anExplainedWorld({}, '2026-11-22T09:00:00Z');
    await world.ledger.setStop({ reason: 'sale', by: 'ann', at: monday });
    expect((await explained(world)).gates.map(({ gate, open }) => [gate, open])).toEqual([
      ['stop', false],
      ['clock', true],
      ['schedule', false],
    ]);
  });

  describe('the draws', () => {
    test('of a rate in slots: one of each of today’s slots, as the runs make them', async () => {
      const { rate, draws } = await explained(anExplainedWorld({ rate: { probability: 0.5 } }));
      expect(rate).toBe('0.5 in each slot');
      expect(draws).toHaveLength(7);
      for (const { slot, strikes, text } of draws) {
        expect(text).toMatch(/^drew 0\.\d{4}, a strike is below 0\.5$/);
        const world = anExplainedWorld({ rate: { probability: 0.5 } }, slot);
        const report = await run(aRun(world, { slot: slot ?? '' }), world);
        expect(report.strikes).toHaveLength(strikes ? 1 : 0);
        expect(report.decisions[0]?.reason.text).toBe(text);
      }
    });

    test('of a rate in days: the one of the day, and the slot that strikes, as the plan has it', async () => {
      const world = anExplainedWorld({ rate: { meanDays: 1 } });
      const { rate, draws } = await explained(world);
      const plan = await makePlan({ task: 'plan', days: 1 }, aRun(world), world);
      const [planned] = plan.days[0]?.strikes ?? [];
      expect(rate).toBe(
        'every 1 work days on average, at least 1 apart: 1 in each work day that this leaves',
      );
      expect(draws).toEqual([
        {
          slot: planned?.slot,
          strikes: true,
          text: expect.stringMatching(
            new RegExp(`^drew 0\\.\\d{4} for 2026-11-23, .* from ${planned?.due} on$`),
          ),
        },
      ]);
    });

    test('of a rate in days: a slot that begins at the drawn moment strikes', async () => {
      const world = anExplainedWorld({ rate: { meanDays: 1 }, schedule: { to: '10:00' } });
      expect((await explained(world)).draws).toMatchObject([
        { slot: monday, strikes: true, text: expect.stringContaining('from 2026-11-23T09:00:00.000Z on') },
      ]);
    });

    test('of a day that was not drawn, or that is none: no slot, and why', async () => {
      const rate = { meanDays: 100_000 };
      expect((await explained(anExplainedWorld({ rate }))).draws).toEqual([
        {
          slot: undefined,
          strikes: false,
          text: expect.stringMatching(/^drew 0\.\d{4} for 2026-11-23, a strike is below 0$/),
        },
      ]);
      expect((await explained(anExplainedWorld({ rate }, '2026-11-22T10:00:00Z'))).draws).toEqual([
        { slot: undefined, strikes: false, text: '2026-11-22 is not a work day (Sunday): no draw' },
      ]);
    });

    test('there are none where the tags give no rate: it says why', async () => {
      const bad = { ...web, tags: { ...web.tags, 'chaos:probability': 'often' } };
      const { rate, draws, guards } = await explained(anExplainedWorld({}, monday, [bad]));
      expect(rate).toBe('chaos:probability="often": expected a number from 0 to 1, such as 0.25 or 1/6');
      expect(draws).toEqual([]);
      expect(guards.length).toBeGreaterThan(0);
    });
  });

  describe('the guards', () => {
    test('each says what it saw, with what the ledger has', async () => {
      const world = await struckWorld({ rate: { meanDays: 1 } });
      await world.ledger.setLeash(web.key, { reason: 'flaky', by: 'ann', at: monday });
      const { guards } = await explained(world);
      const saw = (code: string) => guards.find((guard) => guard.code === code);
      expect(saw('leashed-group')).toMatchObject({ passes: false, saw: expect.stringContaining('by ann') });
      expect(saw('too-few-healthy')).toMatchObject({ passes: true, saw: '3 healthy, at least 2 needed' });
      expect(
        guards.filter(({ code }) => code === 'termination-protected').map(({ targetId }) => targetId),
      ).toEqual(['i-web-a', 'i-web-b', 'i-web-c']);
    });

    test('say what is listed now, where that is not what the search has found', async () => {
      const changed = async (now: Partial<InstanceGroup> | undefined) => {
        const world = anExplainedWorld();
        const group = now === undefined ? undefined : { ...web, ...now };
        const inspect = async () => ({
          value: new Map([[web.key, anInspection(web, { group })]]),
          failures: [],
        });
        const found = await explained({ ...world, fleet: { ...world.fleet, inspect } });
        return found.guards.filter(({ passes }) => !passes).map(({ code, saw }) => `${code}: ${saw}`);
      };
      expect(await changed({})).toEqual([]);
      expect(await changed({ tags: {}, suspendedProcesses: ['Launch'] })).toEqual([
        'not-opted-in: the group has no tag chaos:opt-in=true',
        'replacement-suspended: suspended: Launch',
      ]);
      expect(await changed({ tags: { ...web.tags, 'chaos:probability': '0' } })).toEqual([
        'probability-zero: its probability is 0: never',
      ]);
      expect(await changed(undefined)).toEqual(['gone: it was gone when it was inspected']);
    });

    test('those that the ledger or the inspection do not answer say so', async () => {
      const world = anExplainedWorld();
      const failing = async () => Promise.reject(new Error('table gone'));
      const { guards, budgets } = await explained({
        ...world,
        ledger: { ...world.ledger, groupRecords: failing, openStrikes: failing },
      });
      expect(budgets).toEqual([]);
      const refused = guards.filter(({ passes }) => !passes);
      expect(refused.map(({ code }) => code)).toEqual([
        'vetoed',
        'leashed-group',
        'cooldown',
        'strike-unverified',
        'budget-exhausted',
      ]);
      expect(new Set(refused.map(({ saw }) => saw))).toEqual(new Set(['could not be checked: table gone']));

      const failures = [{ stage: 'inspect', code: 'Throttling', message: 'slow down' } as const];
      const unseen = await explained({
        ...world,
        fleet: { ...world.fleet, inspect: async () => ({ value: new Map(), failures }) },
      });
      expect(unseen.failures).toEqual(['inspect: slow down']);
      expect(unseen.elsewhere).toEqual([]);
      expect(unseen.guards.map(({ code }) => code)).not.toContain('instance-refresh');
      expect(unseen.guards.map(({ code }) => code)).toContain('vetoed');
      expect(unseen.guards.map(({ code }) => code)).toContain('group-degraded');
    });
  });

  describe('what spares a group beside its guards', () => {
    const refusalsOf = async (tags: Readonly<Record<string, string>>, more: Partial<InstanceGroup> = {}) => {
      const group = aGroup({ name: 'web', tags: { ...web.tags, ...tags }, ...more });
      const { guards } = await explained(anExplainedWorld({}, monday, [group]));
      return guards.filter(({ passes }) => !passes).map(({ code, saw }) => `${code}: ${saw}`);
    };

    test.each([
      [
        'a bad rate',
        { 'chaos:probability': 'often' },
        'bad-tag: chaos:probability="often": expected a number from 0 to 1, such as 0.25 or 1/6',
      ],
      ['never', { 'chaos:probability': '0' }, 'probability-zero: its probability is 0: never'],
      [
        'a fault that is not enabled',
        { 'chaos:faults': 'ec2-melt' },
        'bad-tag: chaos:faults="ec2-melt": expected one or more of ec2-terminate, ec2-stop, ec2-reboot',
      ],
    ])('%s', async (_, tags, text) => {
      expect(await refusalsOf(tags)).toEqual([text]);
    });

    test('instances that disagree', async () => {
      expect(await refusalsOf({}, { conflictingTags: ['chaos:app'] })).toEqual([
        'bad-tag: its targets disagree about chaos:app',
      ]);
    });

    test('a fault that its instances are not fit for', async () => {
      const viaGroup = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };
      const pool = aGroup({ name: 'web', kind: 'tag' });
      const { guards } = await explained(anExplainedWorld({ faults: [viaGroup] }, monday, [pool]));
      expect(new Set(guards.filter(({ passes }) => !passes).map(({ code }) => code))).toEqual(
        new Set(['fault-unfit']),
      );
    });

    test('that it has been struck in this slot, but not that it was in another', async () => {
      const world = await struckWorld();
      const already = async (time: string) =>
        (await explained({ ...world, clock: aClock(time) })).guards.find(
          ({ code }) => code === 'already-claimed',
        );
      expect(await already('2026-11-23T09:59:59Z')).toMatchObject({
        passes: false,
        saw: expect.stringMatching(/^run 20261123T090000Z-00000001 has this slot: i-web-/),
      });
      expect(await already('2026-11-23T10:00:00Z')).toBeUndefined();
    });

    test.each([true, false])('that the configuration is leashed: %s', async (leashed) => {
      expect((await explained(anExplainedWorld({ leashed }))).leashed).toBe(leashed);
    });
  });

  test('what could not be looked at says where, and whether it is about the group', async () => {
    const world = anExplainedWorld();
    const denied = { stage: 'survey', code: 'AccessDenied', message: 'no' } as const;
    const failures = [
      { ...denied, account: '333333333333', region: 'eu-west-1' },
      { ...denied, account: '222222222222', region: 'us-east-1' },
      { ...denied, account: '222222222222', region: 'eu-west-1' },
      { ...denied, account: '222222222222' },
    ];
    const found = await explained({
      ...world,
      fleet: {
        ...world.fleet,
        survey: async (...given) => ({ ...(await world.fleet.survey(...given)), failures }),
      },
    });
    expect(found.failures).toEqual(['survey 222222222222 eu-west-1: no', 'survey 222222222222: no']);
    expect(found.elsewhere).toEqual([
      'survey 333333333333 eu-west-1: no',
      'survey 222222222222 us-east-1: no',
    ]);
  });

  test('the budgets: how much of each is used', async () => {
    const limits = { perDay: { organization: 5, region: 3 }, unverified: { account: 2 } };
    const used = ({ budgets }: Awaited<ReturnType<typeof explained>>) =>
      budgets.map((one) => [one.text, one.used]);
    const texts = [
      '5 strikes on 2026-11-23 for the organization',
      '3 strikes on 2026-11-23 for region eu-west-1',
      '2 unverified strikes at a time for account 222222222222',
      '1 unverified strike at a time for app shop',
      `1 unverified strike at a time for group ${web.key}`,
    ];
    expect(used(await explained(anExplainedWorld({ budgets: limits })))).toEqual(
      texts.map((text) => [text, 0]),
    );
    expect(used(await explained(await struckWorld({ budgets: limits })))).toEqual(
      texts.map((text) => [text, 1]),
    );
  });

  test('the last strikes, newest first, with how they ended', async () => {
    const world = await struckWorld();
    const [strike] = (await world.ledger.recentStrikes(web.key, 1)).found;
    if (strike === undefined) throw new Error('nothing was struck');
    const recovery = {
      outcome: 'recovered',
      at: '2026-11-23T09:03:00.000Z',
      tookMs: 180_000,
      exact: true,
      text: 'ok',
    } as const;
    const shown = {
      at: '2026-11-23T09:00:00.000Z',
      runId: '20261123T090000Z-00000001',
      target: strike.target,
      fault: 'ec2-terminate',
      state: 'succeeded',
      detail: 'running -> shutting-down',
    };
    expect((await explained(world)).strikes).toEqual([shown]);
    await world.ledger.close(strike, recovery);
    expect((await explained(world)).strikes).toEqual([{ ...shown, recovery }]);
  });

  test('shows five strikes at most', async () => {
    const world = anExplainedWorld();
    let limit = 0;
    await explained({
      ...world,
      ledger: {
        ...world.ledger,
        recentStrikes: async (_, given) => {
          limit = given;
          return readable([]);
        },
      },
    });
    expect(limit).toBe(5);
  });

  test.each([
    [
      'that nobody has',
      { task: 'explain', group: 'wbe' } as const,
      /group: expected a group that has opted in: none of that name exists in \d+ account-/,
    ],
    [
      'that two have',
      { task: 'explain', group: 'api' } as const,
      /group: expected one of .*asg\/api, .*tag\/api/,
    ],
  ])('refuses a name %s', async (_, request, message) => {
    const groups = [web, aGroup({ name: 'api' }), aGroup({ name: 'api', kind: 'tag' })];
    const world = anExplainedWorld({}, monday, groups);
    const answer = explain(request, aRun(world), world);
    await expect(answer).rejects.toThrow(InvalidInput);
    await expect(answer).rejects.toThrow(message);
  });
});
