import { describe, expect, test } from 'vitest';
import { planDigest } from '#core/messages/plan-digest.ts';
import { aMasterDeployment, stopsOf } from '../../support/a-master-deployment.ts';
import { aDay, aPlan, aPlanned } from '../../support/a-plan.ts';
import { aFailure } from '../../support/a-report.ts';

const limits = { strikes: 3, failures: 2 };
const [stop, stopByAwsCli] = stopsOf(aMasterDeployment());
const stops = [
  { title: 'Stop the monkey, in the clone of this project', commands: [stop] },
  {
    title: 'Stop it without a clone, with the aws CLI and credentials of account 111111111111',
    commands: [stopByAwsCli],
  },
];

describe('planDigest', () => {
  test('has a section for each day on which something is drawn, with times as clocks show them there', () => {
    const days = [
      aDay({ strikes: [aPlanned({ slot: '2026-11-23T08:00:00Z' }), aPlanned({ group: 'another' })] }),
      aDay({ day: '2026-11-24', strikes: [] }),
      aDay({ day: '2026-11-25', strikes: [aPlanned({ slot: '2026-11-25T08:00:00Z' })] }),
    ];
    const { sections, notes } = planDigest(aPlan({ to: '2026-11-25', days }), aMasterDeployment(), limits);
    expect(
      sections.map(({ title, entries }) => [title, ...entries.map(({ what }) => what.slice(0, 5))]),
    ).toEqual([
      ['Mon 2026-11-23, Europe/Berlin: 2 strikes', '09:00', '14:00'],
      ['Wed 2026-11-25, Europe/Berlin: 1 strike', '09:00'],
    ]);
    expect(notes).toEqual(['Nothing is drawn for Tue 2026-11-24']);
  });

  test('says of a strike what it is, whom it takes, and what it depends on', () => {
    const dependsOn = ['only if it is not struck on 2026-11-20', 'only if its leash is lifted'];
    const other = { group: '222222222222/eu-west-1/asg/api', instanceId: undefined, dependsOn };
    const days = [aDay({ strikes: [aPlanned(), aPlanned(other)] })];
    expect(planDigest(aPlan({ days }), aMasterDeployment(), limits).sections[0]?.entries).toEqual([
      {
        what: '14:00 Auto Scaling group web: ec2-terminate, i-0a1b2c3d4e5f60718 if its members stay',
        where: '222222222222/eu-west-1/asg/web',
      },
      {
        what: '14:00 Auto Scaling group api: ec2-terminate, no instance of it is healthy now',
        where:
          '222222222222/eu-west-1/asg/api, only if it is not struck on 2026-11-20, only if its leash is lifted',
      },
    ]);
  });

  test('names a group once on a day, with all its moments', () => {
    const strikes = [
      aPlanned({ slot: '2026-11-23T08:00:00Z', instanceId: 'i-a' }),
      aPlanned({ group: '222222222222/eu-west-1/asg/api' }),
      aPlanned({ instanceId: 'i-b' }),
    ];
    const [section] = planDigest(aPlan({ days: [aDay({ strikes })] }), aMasterDeployment(), limits).sections;
    expect(section?.title).toBe('Mon 2026-11-23, Europe/Berlin: 3 strikes');
    expect(section?.entries.map(({ what }) => what)).toEqual([
      '09:00, 14:00 Auto Scaling group web: ec2-terminate, i-a, i-b if its members stay',
      '14:00 Auto Scaling group api: ec2-terminate, i-0a1b2c3d4e5f60718 if its members stay',
    ]);
  });

  test('says how many groups were left out, and why', () => {
    const leftOut = [
      { code: 'vetoed', groups: 2, strikes: 3, examples: ['a', 'b'] },
      { code: 'leashed-group', groups: 1, strikes: 1, examples: ['c'] },
    ];
    expect(planDigest(aPlan({ leftOut }), aMasterDeployment(), limits).notes).toEqual([
      'Left out, as certain to be spared: vetoed 2 groups, leashed-group 1 group',
    ]);
  });

  test('shows so many groups of all days, counts those that were left out, and says where they are', () => {
    const many = (length: number) => Array.from({ length }, (_, index) => aPlanned({ group: `g${index}` }));
    const days = [
      aDay({ strikes: many(2) }),
      aDay({ day: '2026-11-24', strikes: many(2), omitted: 1_000 }),
      aDay({ day: '2026-11-25', strikes: [], omitted: 7 }),
    ];
    const { sections } = planDigest(aPlan({ to: '2026-11-25', days }), aMasterDeployment(), limits);
    expect(sections.map(({ title, entries, more }) => [title, entries.length, more])).toEqual([
      ['Mon 2026-11-23, Europe/Berlin: 2 strikes', 2, undefined],
      [
        'Tue 2026-11-24, Europe/Berlin: 1,002 strikes',
        1,
        'and 1,001 more: ./chaos plan --date 2026-11-24 --region eu-west-1',
      ],
      [
        'Wed 2026-11-25, Europe/Berlin: 7 strikes',
        0,
        'and 7 more: ./chaos plan --date 2026-11-25 --region eu-west-1',
      ],
    ]);
  });

  test('says how to have a group left alone until the plan is over, and how to stop it all', () => {
    expect(planDigest(aPlan({ to: '2026-12-31' }), aMasterDeployment(), limits).actions).toEqual([
      {
        title: 'To have a group left alone, Europe/Berlin time',
        commands: ['./chaos veto GROUP --until 2027-01-01T00:00 --reason "..." --region eu-west-1'],
      },
      ...stops,
    ]);
  });

  test('where nothing is drawn says how to stop it all the same: runs can be made by hand', () => {
    const empty = planDigest(aPlan({ days: [aDay({ strikes: [] })] }), aMasterDeployment(), limits);
    expect(empty).toEqual({
      headline: 'Chaos monkey: nothing is drawn for Mon 2026-11-23',
      notes: ['Nothing is drawn for Mon 2026-11-23'],
      sections: [],
      actions: stops,
      whole: 'All of it: ./chaos plan --date 2026-11-23 --region eu-west-1',
      footer: [
        'Drawn from the groups seen at Mon 2026-11-23 09:00 Europe/Berlin. Guards, gates and budgets may still spare one.',
        'Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.',
      ],
    });
  });

  test('says why nothing is struck on a day off', () => {
    const days = [aDay({ day: '2026-12-25', off: 'holiday: Christmas Day', strikes: [] })];
    expect(planDigest(aPlan({ days }), aMasterDeployment(), limits).notes).toEqual([
      'Nothing is struck on Fri 2026-12-25: holiday: Christmas Day',
    ]);
  });

  test('of a leashed plan says so in the headline and in the first note', () => {
    const { headline, notes } = planDigest(aPlan({ mode: 'leashed' }), aMasterDeployment(), limits);
    expect(headline).toBe('LEASHED: chaos monkey: 1 strike is drawn for Mon 2026-11-23');
    expect(notes).toEqual(['Nothing will be touched: the configuration says leashed: true']);
  });

  test('says what could not be looked at, those among it that were left out', () => {
    const plan = aPlan({
      days: [aDay({ strikes: [] })],
      failures: [aFailure({ message: 'no' })],
      omittedFailures: 2,
    });
    expect(planDigest(plan, aMasterDeployment(), limits).sections).toEqual([
      {
        title: 'Could not be looked at: 3',
        entries: [{ what: 'assume-role: AccessDenied: no', where: 'account 333333333333' }],
        more: 'and 2 more',
      },
    ]);
  });

  test('texts from outside are cut and cannot break a line', () => {
    const nasty = `a\nb\u0007${'c'.repeat(5000)}`;
    const { notes, sections } = planDigest(
      aPlan({
        days: [
          aDay({ strikes: [aPlanned({ group: nasty, instanceId: nasty, dependsOn: [nasty] })] }),
          aDay({ off: nasty, strikes: [] }),
        ],
      }),
      aMasterDeployment(),
      limits,
    );
    const texts = [
      ...notes,
      ...sections.flatMap(({ entries }) => entries.flatMap(({ what, where }) => [what, where ?? ''])),
    ];
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text).not.toMatch(/\p{Cc}/u);
      expect(text.length).toBeLessThanOrEqual(400);
    }
  });
});
