import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import type { ConfigInput } from '#core/config/config.ts';
import type { GroupRecord } from '#core/model/group-record.ts';
import { makePlanner } from '#core/plan/planner.ts';
import type { Plan } from '#core/reports/plan.ts';
import { faults } from '#faults/registry.ts';
import type { InstanceGroup, Member } from '#targets/instances/model.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup, aMember } from '../../support/a-group.ts';
import { aGroupRecord, mondayMorning } from '../../support/a-guard-context.ts';
import { aFailure } from '../../support/a-report.ts';
import { readable } from '../../support/readable.ts';

const monday = '2026-11-23';
const web = aGroup({ name: 'web' });
const always = { rate: { meanDays: 1 } };
const hasTime = () => true;

/** The plan of some days, as the ledger has these records. */
async function planFor(
  days: readonly string[],
  {
    groups = [web],
    config = {},
    groupRecords = {},
  }: {
    readonly groups?: readonly InstanceGroup[];
    readonly config?: Partial<ConfigInput>;
    readonly groupRecords?: Readonly<Record<string, Partial<GroupRecord>>>;
  } = {},
): Promise<Plan> {
  const parsed = aConfig(config);
  const planner = makePlanner(days, {
    faults,
    kinds,
    config: parsed,
    calendar: makeCalendar(parsed),
    secret: 'secret',
    hasTime,
  });
  for (const group of groups) planner.see(group);
  const ledger = {
    groupRecords: async (keys: readonly string[]) =>
      readable(new Map(keys.map((key) => [key, aGroupRecord(groupRecords[key])]))),
  };
  return planner.finish({ ledger, now: mondayMorning, mode: 'live', failures: [] });
}

const strikesOf = ({ days }: Plan) => days.flatMap(({ strikes }) => strikes);
const lastOn = (day: string, slot = `${day}T10:00:00Z`) => ({ last: { slot, day, at: slot } });
const tagged = (tags: Readonly<Record<string, string>>, more: Partial<InstanceGroup> = {}) =>
  aGroup({ tags: { 'chaos:opt-in': 'true', ...tags }, ...more });

describe('makePlanner', () => {
  test('says what it is about', async () => {
    const config = aConfig({ schedule: { timeZone: 'Europe/Berlin' } });
    const planner = makePlanner([monday, '2026-11-24'], {
      faults,
      kinds,
      config,
      calendar: makeCalendar(config),
      secret: 's',
      hasTime,
    });
    const groupRecords = async () => readable(new Map());
    const failures = [aFailure()];
    expect(
      await planner.finish({ ledger: { groupRecords }, now: mondayMorning, mode: 'leashed', failures }),
    ).toEqual({
      schemaVersion: 2,
      madeAt: '2026-11-23T09:00:00.000Z',
      mode: 'leashed',
      from: monday,
      to: '2026-11-24',
      timeZone: 'Europe/Berlin',
      days: [
        { day: monday, off: undefined, strikes: [] },
        { day: '2026-11-24', off: undefined, strikes: [] },
      ],
      leftOut: [],
      failures,
    });
  });

  test('of a rate in days: once a day, in the first slot at or after the moment that was drawn', async () => {
    const [strike, ...others] = strikesOf(await planFor([monday], { config: always }));
    expect(others).toEqual([]);
    expect(strike).toEqual({
      group: web.key,
      fault: 'ec2-terminate',
      slot: expect.stringMatching(/^2026-11-23T(09|1[0-5]):00:00Z$/),
      due: expect.stringMatching(/^2026-11-23T(09|1[0-5]):\d\d:\d\d\.000Z$/),
      targetId: expect.stringMatching(/^i-web-[abc]$/),
      dependsOn: [],
    });
    const late = Date.parse(strike?.slot ?? '') - Date.parse(strike?.due ?? '');
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(3_600_000);
  });

  test('of a rate in days: in the very slot of the moment, where that is the only one', async () => {
    const config = { ...always, schedule: { from: '09:00', to: '09:01' } } as const;
    expect(strikesOf(await planFor([monday], { config }))).toMatchObject([
      { slot: '2026-11-23T09:00:00Z', due: '2026-11-23T09:00:00.000Z' },
    ]);
  });

  test('of a rate in slots: every slot that was drawn, without a moment', async () => {
    const strikes = strikesOf(await planFor([monday]));
    expect(strikes.map(({ slot }) => slot.slice(11, 16))).toEqual([
      '09:00',
      '10:00',
      '11:00',
      '12:00',
      '13:00',
      '14:00',
      '15:00',
    ]);
    expect(strikes[0]).toMatchObject({ due: undefined, dependsOn: [] });
  });

  test('names strikes in the order of slots, and groups of one slot in theirs', async () => {
    const groups = ['b', 'a', 'c'].map((name) => aGroup({ name }));
    const [day] = (await planFor([monday], { groups })).days;
    const named = day?.strikes.map(({ slot, group }) => `${slot} ${group}`) ?? [];
    expect(named).toHaveLength(21);
    expect(named).toEqual(named.toSorted());
  });

  test('names the fault that the group’s tag leaves, and no instance of a group that has none healthy', async () => {
    const down = web.members.map((member) => ({ ...member, healthy: false }));
    const group = tagged({ 'chaos:faults': 'ec2-reboot' }, { members: down });
    const [strike] = strikesOf(await planFor([monday], { groups: [group], config: always }));
    expect(strike).toMatchObject({ fault: 'ec2-reboot', targetId: undefined });
  });

  test('names no instance of a group that a guard spares as it is listed, but the guard', async () => {
    const [up, ...others] = web.members;
    const down = others.map((member) => ({ ...member, healthy: false }));
    const group = aGroup({ members: [...(up ? [up] : []), ...down] });
    expect(strikesOf(await planFor([monday], { groups: [group], config: always }))).toMatchObject([
      { group: group.key, targetId: undefined, sparedNow: 'too-few-healthy' },
    ]);
  });

  test.each([
    ['a probability of 0', tagged({ 'chaos:probability': '0' })],
    ['a bad rate', tagged({ 'chaos:probability': 'often' })],
    ['a fault that is not enabled', tagged({ 'chaos:faults': 'ec2-melt' })],
    ['instances that disagree', aGroup({ conflictingTags: ['chaos:app'] })],
  ])('leaves out a group with %s: runs spare it and say why', async (_, group) => {
    expect(strikesOf(await planFor([monday], { groups: [group] }))).toEqual([]);
  });

  describe('on days when nothing is struck', () => {
    test('says why: a weekend, a day off, a freeze of the whole organization', async () => {
      const calendar = {
        daysOff: [{ date: '2026-11-24', name: 'Company day' }],
        freezes: [{ from: '2026-11-25', to: '2026-11-25', reason: 'release' }],
      };
      const days = ['2026-11-22', '2026-11-24', '2026-11-25', '2026-11-26'];
      const plan = await planFor(days, { config: { calendar } });
      expect(plan.days.map(({ off, strikes }) => [off, strikes.length])).toEqual([
        ['Sunday', 0],
        ['day off: Company day', 0],
        ['frozen: release', 0],
        [undefined, 7],
      ]);
    });

    test('a freeze of some hours leaves the others', async () => {
      const freezes = [{ from: '2026-11-23T10:00', to: '2026-11-23T14:30', reason: 'release' }];
      const plan = await planFor([monday], { config: { calendar: { freezes } } });
      expect(strikesOf(plan).map(({ slot }) => slot.slice(11, 13))).toEqual(['09', '15']);
      expect(plan.days[0]?.off).toBeUndefined();
    });

    test('a freeze of a group leaves the others, and the group’s own strike after it', async () => {
      const groups = [web, aGroup({ name: 'api' })];
      const freezes = [{ from: monday, to: '2026-11-23T15:00', reason: 'release', groups: ['web'] }];
      const inSlots = strikesOf(await planFor([monday], { groups, config: { calendar: { freezes } } }));
      expect(inSlots.filter(({ group }) => group === web.key).map(({ slot }) => slot.slice(11, 13))).toEqual([
        '15',
      ]);
      expect(inSlots).toHaveLength(8);
      const inDays = await planFor([monday], { groups, config: { ...always, calendar: { freezes } } });
      expect(strikesOf(inDays).find(({ group }) => group === web.key)?.slot).toBe('2026-11-23T15:00:00Z');
    });
  });

  describe('with history', () => {
    const config = { rate: { meanDays: 3, minDays: 3 } };
    const week = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
    const planned = async (record: Partial<GroupRecord>, days = week) =>
      strikesOf(await planFor(days, { config, groupRecords: { [web.key]: record } })).map(
        ({ slot, dependsOn }) => [slot.slice(8, 10), ...dependsOn],
      );

    test('leaves out the days on which a group is not struck again yet', async () => {
      // Three work days after Friday is Wednesday.
      expect((await planned(lastOn('2026-11-20'))).map(([day]) => day)).toEqual(['25', '26', '27']);
      expect((await planned(lastOn('2026-11-18'))).map(([day]) => day)).toEqual([
        '23',
        '24',
        '25',
        '26',
        '27',
      ]);
    });

    test('says of a day which earlier ones of the plan may yet exclude it', async () => {
      expect(await planned({})).toEqual([
        ['23'],
        ['24', 'only if it is not struck on 2026-11-23'],
        ['25', 'only if it is not struck on 2026-11-23', 'only if it is not struck on 2026-11-24'],
        ['26', 'only if it is not struck on 2026-11-24', 'only if it is not struck on 2026-11-25'],
        ['27', 'only if it is not struck on 2026-11-25', 'only if it is not struck on 2026-11-26'],
      ]);
    });

    test('says nothing of the kind of a rate in slots', async () => {
      const plan = await planFor(week, { groupRecords: { [web.key]: lastOn('2026-11-20') } });
      expect(strikesOf(plan)).toHaveLength(35);
      expect(strikesOf(plan).flatMap(({ dependsOn }) => dependsOn)).toEqual([]);
    });

    test('of a group that was struck today keeps that strike, and no other', async () => {
      const [strike] = strikesOf(await planFor([monday], { config }));
      expect(await planned(lastOn(monday, strike?.slot), [monday])).toEqual([['23']]);
      expect(await planned(lastOn(monday, 'adhoc/1'), [monday])).toEqual([]);
    });

    test('what comes after the day is no history of it', async () => {
      expect(await planned(lastOn('2026-11-27'), [monday])).toEqual([['23']]);
    });

    test('leaves out what comes too soon, where the first day that does not is later than holidays are known', async () => {
      const calendar = {
        holidays: [{ country: 'DE' }],
        holidayDates: { through: '2026-11-24', days: [{ date: '2026-11-19', name: 'a holiday' }] },
      };
      const plan = await planFor(week, {
        config: { ...config, calendar },
        groupRecords: { [web.key]: lastOn('2026-11-23', 'adhoc/1') },
      });
      expect(strikesOf(plan)).toEqual([]);
      expect(plan.days[2]?.off).toMatch(/^holidays are not known after 2026-11-24/);
    });
  });

  describe('leaves out what is certain to be spared, and counts it by reason', () => {
    const by = { reason: 'release', by: 'ann', at: '2026-11-20T09:00:00Z' };
    const hours = (plan: Plan) => strikesOf(plan).map(({ slot }) => Number(slot.slice(11, 13)));
    const ofWeb = (code: string, strikes: number) => [{ code, groups: 1, strikes, examples: [web.key] }];
    const record = (one: Partial<GroupRecord>, config: Partial<ConfigInput> = {}) =>
      planFor([monday], { config, groupRecords: { [web.key]: one } });

    test('a leashed group', async () => {
      const plan = await record({ leash: by });
      expect(strikesOf(plan)).toEqual([]);
      expect(plan.leftOut).toEqual(ofWeb('leashed-group', 7));
    });

    test('a vetoed one, in the slots before the veto ends', async () => {
      const plan = await record({ veto: { ...by, until: '2026-11-23T11:00:00Z' } });
      expect(hours(plan)).toEqual([11, 12, 13, 14, 15]);
      expect(plan.leftOut).toEqual(ofWeb('vetoed', 2));
    });

    test('one with a veto until a time that is none, which holds', async () => {
      const plan = await record({ veto: { ...by, until: 'forever' } });
      expect(plan.leftOut).toEqual(ofWeb('vetoed', 7));
    });

    test('of a rate in days: not the strike that a veto puts off to a later slot of the day', async () => {
      const until = '2026-11-23T14:30:00Z';
      const plan = await record({ veto: { ...by, until } }, always);
      expect(hours(plan)).toEqual([15]);
      expect(plan.leftOut).toEqual([]);
    });

    test('one that cools down', async () => {
      const config = { guards: { cooldownMinutes: 120 } };
      const plan = await record(lastOn(monday, '2026-11-23T09:00:00Z'), config);
      // The strike that was made is in the plan of its day.
      expect(hours(plan)).toEqual([9, 11, 12, 13, 14, 15]);
      expect(plan.leftOut).toEqual(ofWeb('cooldown', 1));
    });

    test('one that was struck too few days ago', async () => {
      const plan = await record(lastOn('2026-11-20'), { rate: { meanDays: 3, minDays: 3 } });
      expect(plan.leftOut).toEqual(ofWeb('min-days', 1));
    });

    test('what its own tags spare, where no draw is made', async () => {
      const groups = [
        tagged({ 'chaos:probability': '0' }, { name: 'never' }),
        tagged({ 'chaos:probability': 'often' }, { name: 'bad' }),
        aGroup({ name: 'split', conflictingTags: ['chaos:app'] }),
        tagged({ 'chaos:faults': 'ec2-melt' }, { name: 'melted' }),
        aGroup({ name: 'closed', tags: {} }),
      ];
      const { leftOut } = await planFor([monday], { groups });
      expect(leftOut.map(({ code, groups: count, strikes }) => [code, count, strikes])).toEqual([
        ['bad-tag', 3, 7],
        ['not-opted-in', 1, 7],
        ['probability-zero', 1, 0],
      ]);
    });

    test('a frozen group, and one that is still too young then', async () => {
      const freezes = [{ from: monday, to: '2026-11-23T15:00', reason: 'release', groups: ['web'] }];
      const young = aGroup({ name: 'young', createdAt: Date.parse('2026-11-23T09:30:00Z') });
      const config = { calendar: { freezes }, guards: { minGroupAgeMinutes: 60 } };
      const { leftOut } = await planFor([monday], { groups: [web, young], config });
      expect(leftOut).toEqual([
        { code: 'frozen', groups: 1, strikes: 6, examples: [web.key] },
        { code: 'group-too-young', groups: 1, strikes: 2, examples: [young.key] },
      ]);
    });

    test('names three groups for each reason, and counts all', async () => {
      const groups = ['a', 'b', 'c', 'd'].map((name) => tagged({ 'chaos:probability': '0' }, { name }));
      const [zero] = (await planFor([monday], { groups })).leftOut;
      expect(zero?.groups).toBe(4);
      expect(zero?.examples).toEqual(groups.slice(0, 3).map(({ key }) => key));
    });
  });

  describe('names only instances that no guard spares as they are listed', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => aMember({ instanceId: `i-web-${letter}` }));
    const foretold = async (members: readonly Member[], config: Partial<ConfigInput> = {}) => {
      // Of a group that no guard spares as a whole.
      const group = aGroup({ members, desired: members.filter(({ healthy }) => healthy).length });
      const strikes = strikesOf(await planFor([monday], { groups: [group], config }));
      expect(strikes).toHaveLength(7);
      return [...new Set(strikes.map(({ targetId }) => targetId))].sort();
    };

    test.each([
      ['alone in its zone', { zone: 'eu-west-1b' }],
      ['protected from scale-in', { protectedFromScaleIn: true }],
      ['in standby', { lifecycle: 'Standby' }],
      ['on its way', { lifecycle: 'Terminating:Wait' }],
      ['down', { healthy: false }],
    ])('not one that is %s', async (_, state) => {
      const config = { guards: { scaleInProtected: 'spare', soleInZone: 'spare' } } as const;
      const members = [{ ...aMember(), ...a, ...state }, aMember(b), aMember(c)];
      expect(await foretold(members, config)).toEqual(['i-web-b', 'i-web-c']);
    });

    test('one that is protected from scale-in, where that does not spare it', async () => {
      const members = [a, b, c].map((one) => ({ ...aMember(one), protectedFromScaleIn: true }));
      expect(await foretold(members, { guards: { scaleInProtected: 'strike' } })).toEqual([
        'i-web-a',
        'i-web-b',
        'i-web-c',
      ]);
    });

    test('none where all are spared', async () => {
      const apart = ['a', 'b', 'c'].map((letter) =>
        aMember({ instanceId: `i-${letter}`, zone: `eu-west-1${letter}` }),
      );
      expect(await foretold(apart, { guards: { soleInZone: 'spare' } })).toEqual([undefined]);
    });
  });

  describe('is bounded', () => {
    const never = tagged({ 'chaos:probability': '0' }, { name: 'never' });
    const many = async (count: number, time: () => boolean, schedule: ConfigInput['schedule'] = {}) => {
      const config = aConfig({ schedule: { everyMinutes: 5, ...schedule } });
      const planner = makePlanner([monday], {
        faults,
        kinds,
        config,
        calendar: makeCalendar(config),
        secret: 's',
        hasTime: time,
      });
      for (let index = 0; index < count; index += 1) planner.see(aGroup({ name: `g${index}` }));
      planner.see(never);
      const ledger = { groupRecords: async () => readable(new Map<string, GroupRecord>()) };
      return planner.finish({ ledger, now: mondayMorning, mode: 'live', failures: [] });
    };

    test('to 20,000 strikes and those of one more group, and says of how many groups it holds none', async () => {
      // 84 slots for each group.
      const plan = await many(250, hasTime);
      expect(strikesOf(plan)).toHaveLength(239 * 84);
      expect(plan.failures).toEqual([
        {
          stage: 'survey',
          code: 'PlanTooLong',
          message: 'it has 20,000 strikes: those of 11 more groups are left out; ask for fewer days',
        },
      ]);
    });

    test('to no more where 20,000 strikes are had exactly', async () => {
      // 80 slots for each group.
      const plan = await many(251, hasTime, { to: '15:40' });
      expect(strikesOf(plan)).toHaveLength(20_000);
      expect(plan.failures).toMatchObject([{ message: expect.stringContaining('1 more group are') }]);
    });

    test('by the time there is, and says so', async () => {
      let left = 3;
      const plan = await many(5, () => {
        left -= 1;
        return left >= 0;
      });
      expect(strikesOf(plan)).toHaveLength(3 * 84);
      expect(plan.failures).toEqual([
        {
          stage: 'survey',
          code: 'DeadlineReached',
          message: 'no time was left to plan the strikes of 2 groups',
        },
      ]);
    });
  });

  test('asks the ledger only about groups that the draws strike', async () => {
    const freezes = [{ from: monday, to: monday, reason: 'release', groups: ['frozen'] }];
    const config = aConfig({ ...always, calendar: { freezes } });
    const planner = makePlanner([monday], {
      faults,
      kinds,
      config,
      calendar: makeCalendar(config),
      secret: 'secret',
      hasTime,
    });
    planner.see(web);
    planner.see(aGroup({ name: 'frozen' }));
    planner.see(tagged({ 'chaos:probability': '0' }, { name: 'never' }));
    planner.see(tagged({ 'chaos:mean-days': '1000000000' }, { name: 'hardly' }));
    planner.see(tagged({ 'chaos:faults': 'ec2-melt' }, { name: 'melted' }));
    const asked: string[] = [];
    const groupRecords = async (keys: readonly string[]) => {
      asked.push(...keys);
      return readable(new Map<string, GroupRecord>());
    };
    const plan = await planner.finish({
      ledger: { groupRecords },
      now: mondayMorning,
      mode: 'live',
      failures: [],
    });
    expect(asked).toEqual([web.key]);
    expect(strikesOf(plan)).toHaveLength(1);
  });

  test('rejects where a work day cannot be told for a reason that is none of the calendar’s', async () => {
    const config = aConfig({ rate: { meanDays: 3, minDays: 3 } });
    const workDayAfter = () => {
      throw new Error('broken');
    };
    const calendar = { ...makeCalendar(config), workDayAfter };
    const planner = makePlanner(['2026-11-23', '2026-11-24'], {
      faults,
      kinds,
      config,
      calendar,
      secret: 'secret',
      hasTime,
    });
    planner.see(web);
    const groupRecords = async () => readable(new Map([[web.key, aGroupRecord(lastOn('2026-11-20'))]]));
    const finish = planner.finish({
      ledger: { groupRecords },
      now: mondayMorning,
      mode: 'live',
      failures: [],
    });
    await expect(finish).rejects.toThrow('broken');
  });

  test('rejects where the ledger cannot be read', async () => {
    const config = aConfig();
    const planner = makePlanner([monday], {
      faults,
      kinds,
      config,
      calendar: makeCalendar(config),
      secret: 'secret',
      hasTime,
    });
    const groupRecords = async () => Promise.reject(new Error('table gone'));
    const finish = planner.finish({
      ledger: { groupRecords },
      now: mondayMorning,
      mode: 'live',
      failures: [],
    });
    await expect(finish).rejects.toThrow('table gone');
  });
});
