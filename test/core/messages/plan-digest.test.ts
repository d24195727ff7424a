import { describe, expect, test } from 'vitest';
import { planDigest } from '#core/messages/plan-digest.ts';
import type { Limits } from '#core/messages/section.ts';
import type { Plan } from '#core/reports/plan.ts';
import { textsOf } from '../../support/a-digest.ts';
import { aMasterDeployment, stopsOf } from '../../support/a-master-deployment.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { aFailure } from '../../support/a-report.ts';

const limits = { strikes: 3, failures: 2, spared: 4 };
const deployment = aMasterDeployment();
/** As it is at a terminal, where what has passed is marked: nothing has, unless `madeAt` says so. */
const view = (plan: Partial<Plan> = {}, others: Partial<Limits> = {}) =>
  planDigest(
    aPlan({ madeAt: '2026-11-23T08:00:00Z', ...plan }),
    { timeZone: 'Europe/Berlin', flags: ' --region eu-west-1' },
    { ...limits, ...others },
  );
/** The entries of a single day. */
const entriesOf = ({ sections }: ReturnType<typeof view>) =>
  sections.flatMap(({ parts }) => parts.flatMap((part) => part.entries));
const entries = (...strikes: ReturnType<typeof aPlanned>[]) => entriesOf(view({ days: [aDay({ strikes })] }));
const commandsOf = ({ actions }: ReturnType<typeof view>) => actions.flatMap(({ commands }) => commands);
const web = aPlanned().group;
const idle = { due: undefined, targetId: undefined };
const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`;

describe('sections', () => {
  test('there is one for each day on which something is drawn, a note for each other', () => {
    const days = [
      aDay({ strikes: [aPlanned(), aPlanned({ group: 'another' })] }),
      aDay({ day: '2026-11-24', strikes: [] }),
      aDay({ day: '2026-12-25', strikes: [], off: 'holiday: Christmas Day' }),
    ];
    const { sections, notes } = view({ to: '2026-12-25', days });
    expect(sections.map(({ title, count, unit, tone }) => [title, count, unit, tone])).toEqual([
      ['Mon 2026-11-23, Europe/Berlin', 2, 'strike', 'plain'],
    ]);
    expect(notes.map(({ text }) => text)).toEqual([
      'Nothing is drawn for Tue 2026-11-24',
      'Nothing is struck on Fri 2026-12-25: holiday: Christmas Day',
    ]);
  });

  test('a strike has its moment, its fault, its instance and what it depends on', () => {
    const dependsOn = ['only if it is not struck on 2026-11-20', 'only if its leash is lifted'];
    const odd = [...dependsOn, '\n'];
    expect(entries(aPlanned(), aPlanned({ group: 'api', ...idle, dependsOn: odd }))).toEqual([
      { name: web, text: '14:00 ec2-terminate on i-0a1b2c3d4e5f60718, drawn for 13:31', details: [] },
      { name: 'api', text: '14:00 ec2-terminate: no target is eligible now', details: dependsOn },
    ]);
    expect(entries(aPlanned({ ...idle, sparedNow: 'too-few-healthy' })).map(({ text }) => text)).toEqual([
      '14:00 ec2-terminate: spared as things are now: too-few-healthy',
    ]);
  });

  test('strikes that differ in their moment alone are one entry, and those of a group stand together', () => {
    const planned = (hour: number, targetId: string, group = web) =>
      aPlanned({ slot: at(hour), due: undefined, targetId, group });
    const strikes = [planned(8, 'i-a'), planned(9, 'i-c', 'api'), planned(9, 'i-b'), planned(13, 'i-a')];
    expect(entries(...strikes).map(({ name, text }) => [name, text])).toEqual([
      [web, '09:00, 14:00 ec2-terminate on i-a'],
      [web, '10:00 ec2-terminate on i-b'],
      ['api', '10:00 ec2-terminate on i-c'],
    ]);
  });

  test('what no target is eligible for comes last, unless more is to be said of it', () => {
    const strikes = [
      aPlanned({ group: 'idle', ...idle }),
      aPlanned({ group: 'depends', ...idle, dependsOn: ['x'] }),
      aPlanned(),
    ];
    expect(entries(...strikes).map(({ name }) => name)).toEqual(['depends', web, 'idle']);
  });

  test('what has passed is marked at a terminal: a message tells of what is to come', () => {
    const strikes = [aPlanned({ ...idle, slot: at(8) }), aPlanned({ ...idle, slot: at(12) }), aPlanned()];
    const plan = { madeAt: '2026-11-23T13:00:01Z', days: [aDay({ strikes })] };
    const still = 'if it was spared, it is due until the day is over';
    const passed = view(plan);
    expect(entriesOf(passed).map(({ text, details }) => [text.replace(/ec2.*/, ''), details])).toEqual([
      ['14:00 (passed) ', [still]],
      ['09:00 (passed), 13:00 (passed) ', []],
    ]);
    expect(passed.notes.map(({ text }) => text)).toEqual([
      'Slots of 3 strikes have passed. What came of them: ./chaos status --region eu-west-1',
    ]);
    expect(entriesOf(view({ ...plan, madeAt: at(12) })).map(({ text }) => text.replace(/ec2.*/, ''))).toEqual(
      ['14:00 ', '09:00 (passed), 13:00 '],
    );
    const message = planDigest(aPlan(plan), deployment, limits);
    expect(textsOf(message).join()).not.toContain('passed');
  });

  test('so many entries of all days are listed; the rest is counted, with what did not fit in the plan', () => {
    const many = (length: number) => Array.from({ length }, (_, index) => aPlanned({ group: `g${index}` }));
    const days = [
      aDay({ strikes: many(2) }),
      aDay({ day: '2026-11-24', strikes: many(2), omitted: 1_000 }),
      aDay({ day: '2026-11-25', strikes: [], omitted: 7 }),
    ];
    const { sections } = view({ to: '2026-11-25', days });
    const told = sections.map(({ count, parts: [part] }) => [count, part?.entries.length, part?.more]);
    expect(told).toEqual([
      [2, 2, undefined],
      [1_002, 1, 'and 1,001 more: ./chaos plan --date 2026-11-24 --region eu-west-1'],
      [7, 0, 'and 7 more: ./chaos plan --date 2026-11-25 --region eu-west-1'],
    ]);
  });

  test('what is left out stands by its reason, with the first of its groups, or is only counted', () => {
    const leftOut = [
      { code: 'probability-zero', groups: 5, strikes: 0, examples: ['a', 'b', 'c'] },
      { code: 'vetoed', groups: 1, strikes: 2, examples: ['d'] },
    ];
    const days = [aDay({ strikes: [] })];
    const [section] = view({ days, leftOut }).sections;
    expect([section?.title, section?.count, section?.unit, section?.tone]).toEqual([
      ...['Left out, as certain to be spared', 6, 'group', 'warn'],
    ]);
    expect(section?.parts[1]?.entries).toEqual([{ name: 'd', text: '', details: [] }]);
    expect(
      section?.parts.map(({ entries, ...part }) => ({ ...part, of: entries.map(({ name }) => name) })),
    ).toEqual([
      { heading: 'probability-zero (5 groups)', of: ['a', 'b', 'c'], more: 'and 2 more' },
      { heading: 'vetoed (1 group, 2 strikes)', of: ['d'] },
    ]);
    expect(view({ days, leftOut }, { spared: 0 }).sections[0]?.parts).toEqual([
      { entries: [], more: 'probability-zero 5, vetoed 1' },
    ]);
  });

  test('failures are counted with those that did not fit in the plan', () => {
    const plan = { days: [aDay({ strikes: [] })], failures: [aFailure()], omittedFailures: 2 };
    expect(view(plan).sections).toMatchObject([
      {
        title: 'Failures',
        count: 3,
        parts: [{ entries: [{ name: '333333333333' }] }, { more: 'and 2 more' }],
      },
    ]);
  });
});

describe('notes', () => {
  test('a plan that has nothing to say first has none', () => {
    expect(view().notes).toEqual([]);
  });

  test('say that a stop stands, and that the plan is leashed', () => {
    const stop = { reason: 'x'.repeat(500), by: 'ann', at: '2026-11-23T07:00:00.000Z' };
    expect(view({ mode: 'leashed', stop }).notes).toEqual([
      {
        text: `STOPPED, nothing will be struck: "${stop.reason}", by ann at Mon 2026-11-23 08:00 Europe/Berlin`,
        tone: 'alarm',
      },
      { text: 'Nothing will be touched: the configuration says leashed: true', tone: 'plain' },
    ]);
  });
});

describe('actions', () => {
  const leftOut = [{ code: 'vetoed', groups: 1, strikes: 2, examples: ['d'] }];
  const stop = { reason: 'sale', by: 'ann', at: '2026-11-23T07:00:00.000Z' };
  const nothing = { days: [aDay({ strikes: [] })] };

  test('say how to have a group left alone until the plan is over, and what else there is to do', () => {
    expect(commandsOf(view({ to: '2026-12-31' }))).toEqual([
      './chaos veto GROUP --until 2027-01-01T00:00 --reason "..." --region eu-west-1',
    ]);
    expect(commandsOf(view({ ...nothing, leftOut, stop }))).toEqual([
      './chaos resume --region eu-west-1',
      './chaos explain GROUP --region eu-west-1',
    ]);
  });

  test('of a message say how to stop it: of an empty day, too, as runs can be made by hand', () => {
    const told = (plan: Partial<Plan>) => commandsOf(planDigest(aPlan(plan), deployment, limits));
    expect(told(nothing)).toEqual(stopsOf(deployment));
    expect(told({ ...nothing, stop })).toEqual(['./chaos resume --region eu-west-1']);
  });
});

test('the footer has the sums, and what was looked at when', () => {
  const days = [
    aDay({ strikes: [aPlanned(), aPlanned({ dependsOn: ['x'] }), aPlanned({ group: 'api' })], omitted: 4 }),
    aDay({ day: '2026-11-28', strikes: [], off: 'Saturday' }),
  ];
  const [sums, , seen] = view({ days, failures: [aFailure()], omittedFailures: 1 }).footer;
  expect(sums).toBe('7 strikes of 2 groups on 2 days, 1 of them off, 1 conditional, 2 failures.');
  expect(seen).toContain('seen at Mon 2026-11-23 09:00 Europe/Berlin');
  const { footer } = view();
  expect(footer[0]).toBe('1 strike of 1 group on 1 day, 0 failures.');
  expect(planDigest(aPlan(), deployment, limits)).toMatchObject({
    footer: [footer[0], footer[1], expect.anything(), expect.stringContaining('master account 111111111111')],
    whole: 'All of it: ./chaos plan --date 2026-11-23 --region eu-west-1',
  });
});

test('texts from outside are cut and cannot break a line', () => {
  const nasty = `a\nb\u0007${'c'.repeat(5000)}`;
  const texts = textsOf(
    view({
      days: [
        aDay({ strikes: [aPlanned({ group: nasty, targetId: nasty, fault: nasty, dependsOn: [nasty] })] }),
        aDay({ off: nasty, strikes: [] }),
      ],
      leftOut: [{ code: nasty, groups: 2, strikes: 1, examples: [nasty] }],
      failures: [aFailure({ code: nasty, message: nasty })],
      stop: { reason: nasty, by: nasty, at: nasty },
    }),
  );
  expect(texts.filter((text) => text.includes('ccc')).length).toBeGreaterThan(8);
  for (const text of texts) {
    expect(text).not.toMatch(/\p{Cc}/u);
    expect(text.length).toBeLessThanOrEqual(900);
  }
});
