import { describe, expect, test } from 'vitest';
import { reportDigest } from '#core/messages/report-digest.ts';
import type { Limits } from '#core/messages/section.ts';
import { textsOf } from '../../support/a-digest.ts';
import { aMasterDeployment, stopsOf } from '../../support/a-master-deployment.ts';
import {
  aBroken,
  aDecision,
  aFailure,
  aGone,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../../support/a-report.ts';
import { aTarget } from '../../support/a-target.ts';

type Report = Parameters<typeof reportDigest>[0];
const limits = { strikes: 3, failures: 4, spared: 3 };
const deployment = aMasterDeployment({ timeZone: 'Europe/Berlin' });
/** As it is at a terminal. */
const view = (report: Report, others: Partial<Limits> = {}) =>
  reportDigest(report, { timeZone: 'Europe/Berlin' }, { ...limits, ...others });
const section = (title: string, report: Report, others: Partial<Limits> = {}) =>
  view(report, others).sections.find((one) => one.title === title);
const counts = (report: Report) => view(report).sections.map(({ title, count }) => [title, count]);
const omitted = { decisions: 0, strikes: 0, recoveries: 0, failures: 0, text: 'Left out to fit' };
const web = '222222222222/eu-west-1/asg/web';

describe('sections', () => {
  test('what is broken comes first and what failed last, and nothing is said of what did not happen', () => {
    const report = aReport({
      strikes: [aStrike(), aStrike({ outcome: 'unknown' }), aStrike({ outcome: 'failed' })],
      recoveries: [aRecovered(), aBroken(), aGone(), aRecovered()],
      failures: [aFailure()],
    });
    const { sections } = view(report);
    expect(sections.map(({ title, count, unit, tone }) => [title, count, unit, tone])).toEqual([
      ['NOT RECOVERED', 1, 'group', 'alarm'],
      ['Struck', 1, 'target', 'bad'],
      ['Not known whether struck', 1, 'target', 'warn'],
      ['Could not strike', 1, 'target', 'bad'],
      ['Recovered', 2, 'group', 'good'],
      ['Gone since the strike', 1, 'group', 'plain'],
      ['Spared', 3, 'group', 'warn'],
      ['Other failures', 1, undefined, 'bad'],
    ]);
    const names = sections.map(({ parts }) =>
      parts.flatMap(({ entries }) => entries.map(({ name }) => name)),
    );
    expect(names.map(({ length }) => length)).toEqual([1, 1, 1, 1, 2, 1, 0, 1]);
    expect(counts(aReport({ failures: [aFailure()], counts: { spared: {} } }))).toEqual([['Failures', 1]]);
    const rehearsed = aReport({ strikes: [aStrike({ outcome: 'leashed' })], counts: { spared: {} } });
    expect(view(rehearsed).sections).toMatchObject([{ title: 'Would have struck', count: 1, tone: 'info' }]);
  });

  test('a strike says what was done to which instance, where and why', () => {
    const reason = { code: 'drawn', text: 'drew 0.01' };
    const decisions = [aDecision({ verdict: 'strike', reason }), aDecision({ group: 'another' })];
    expect(section('Struck', aReport({ strikes: [aStrike()], decisions }))?.parts).toEqual([
      {
        entries: [
          {
            name: 'i-0a1b2c3d4e5f60718',
            text: 'ec2-terminate (via ec2): running -> shutting-down',
            details: [`${web}, zone eu-west-1a: drew 0.01`],
          },
        ],
      },
    ]);
  });

  test('one that was only rehearsed says what it would have been; why is left out where that is not known', () => {
    const strike = aStrike({ outcome: 'leashed', detail: 'leashed: nothing was touched' });
    expect(section('Would have struck', aReport({ strikes: [strike] }))?.parts[0]?.entries).toEqual([
      {
        name: 'i-0a1b2c3d4e5f60718',
        text: 'ec2-terminate (via ec2)',
        details: [`${web}, zone eu-west-1a`],
      },
    ]);
  });

  test('a recovery says how long it took, exactly or at most, and which strike it is of, in the zone', () => {
    const recoveries = [
      aRecovered(),
      aRecovered({ group: 'b', recovery: { exact: false, tookMs: 4_000_000 } }),
      aBroken(),
      aGone({ group: 'odd' }),
    ];
    const { sections } = view(aVerification({ recoveries }));
    const details = ['i-0a1b2c3d4e5f60718, struck at Mon 2026-11-23 09:00 Europe/Berlin'];
    expect(sections.map(({ parts }) => parts.flatMap(({ entries }) => entries))).toEqual([
      [{ name: web, text: aBroken().recovery.text, details }],
      [
        { name: web, text: 'in 3 min 12 s: 2 of 2 desired are healthy', details },
        { name: 'b', text: 'in at most 1 h 6 min: 2 of 2 desired are healthy', details },
      ],
      [{ name: 'odd', text: 'the group no longer exists', details }],
    ]);
  });

  test('spared groups stand by their reason with all that stood against a strike, or are only counted', () => {
    const decisions = [
      aDecision({ group: 'c', reason: { code: 'too-few-healthy', text: '1 healthy' } }),
      aDecision({ group: 'a', also: [{ code: 'group-degraded', text: '1 of 3 healthy' }] }),
      aDecision({ group: 'b', verdict: 'strike' }),
    ];
    const report = aReport({ decisions });
    expect(section('Spared', report, { rest: '; see the log' })?.parts).toEqual([
      {
        heading: 'not-drawn (2)',
        entries: [
          { name: 'a', text: 'drew 0.5341, a strike is below 0.1667; also 1 of 3 healthy', details: [] },
        ],
        more: 'and 1 more; see the log',
      },
      { heading: 'too-few-healthy (1)', entries: [{ name: 'c', text: '1 healthy', details: [] }] },
    ]);
    expect(section('Spared', report, { spared: 0 })?.parts).toEqual([
      { entries: [], more: 'not-drawn 2, too-few-healthy 1' },
    ]);
  });

  test('of a run whose decisions are not at hand the counts are told', () => {
    const { decisions: _, ...rest } = aReport({ strikes: [aStrike()] });
    expect(view(rest).sections).toEqual(view({ ...rest, decisions: [] }).sections);
  });

  test('failures stand by stage and code, each with its place and message', () => {
    const failures = [
      aFailure({ stage: 'record', code: 'Gone', message: 'no table' }),
      aFailure({ message: 'a', region: 'eu-west-1' }),
      aFailure({ message: 'b', group: web }),
      { stage: 'control' as const, code: 'Lost', message: '\n' },
    ];
    expect(section('Failures', aReport({ failures }))?.parts).toEqual([
      {
        heading: 'assume-role AccessDenied (2)',
        entries: [
          { name: '333333333333/eu-west-1', text: 'a', details: [] },
          { name: web, text: 'b', details: [] },
        ],
      },
      { heading: 'record Gone (1)', entries: [{ name: '333333333333', text: 'no table', details: [] }] },
      { heading: 'control Lost (1)', entries: [{ name: '', text: '(no message)', details: [] }] },
    ]);
  });

  test('counts are whole whatever is listed, and what the report left out is counted with the rest', () => {
    const many = <Item>(length: number, item: Item) => Array.from({ length }, () => item);
    const report = aReport({
      strikes: many(4, aStrike()),
      recoveries: [...many(5, aRecovered()), aBroken(), aGone()],
      failures: [aFailure()],
      counts: { succeeded: 1_503, recovered: 8, failures: 2, spared: {} },
      omitted: { ...omitted, strikes: 1_499, recoveries: 5, failures: 1 },
    });
    const rest = '; see the log';
    expect(
      view(report, { rest }).sections.map(({ title, count, parts }) => [title, count, parts.at(-1)?.more]),
    ).toEqual([
      ['NOT RECOVERED', 1, undefined],
      ['Struck', 1_503, `and 1,500 more${rest}`],
      ['Recovered', 8, `and 5 more${rest}`],
      ['Gone since the strike', 3, `and 2 more${rest}`],
      ['Failures', 2, `and 1 more${rest}`],
    ]);
  });
});

describe('notes', () => {
  const gates = [
    { gate: 'stop', open: true, text: 'no stop is set' },
    { gate: 'schedule', open: false, text: 'until 2026-11-23T09:00:00Z' },
  ];
  const closed = 'Gate schedule is closed: until Mon 2026-11-23 10:00 Europe/Berlin';

  test('a run that has nothing to say first has none', () => {
    expect(view(aReport()).notes).toEqual([]);
  });

  test('say that nothing was touched, which gates were closed, and what was not found', () => {
    const report = aReport({
      ...{ mode: 'leashed', leashedBecause: 'leashed: true', gates },
      ...{ groupsNotFound: ['wbe', 'toString'], didYouMean: { wbe: 'web' } },
    });
    expect(view(report).notes).toEqual([
      { text: 'Nothing was touched: leashed: true', tone: 'plain' },
      { text: `A live run would have ended here. ${closed}`, tone: 'warn' },
      { text: 'Not found, mistyped or not opted in: wbe (did you mean web?), toString', tone: 'bad' },
    ]);
  });

  test.each([
    ['Nothing was surveyed', []],
    ['Only earlier strikes were verified', [aRecovered()]],
  ])('say what a closed gate meant: %s', (held, recoveries) => {
    expect(view(aReport({ outcome: 'closed', gates, recoveries })).notes).toEqual([
      { text: `${held}. ${closed}`, tone: 'warn' },
    ]);
  });

  test.each([
    ['Not found', { failures: [aFailure({ stage: 'announce' })] }],
    ['Not seen (1 failure: see below)', { failures: [aFailure()] }],
    ['Not seen (2 failures: see below)', { failures: [aFailure({ stage: 'survey' }), aFailure()] }],
    ['Not seen (3 failures: see below)', { omitted: { ...omitted, failures: 3 } }],
  ] as const)('do not call a group mistyped that a failure may hide: %s', (what, report) => {
    const [note] = view(aReport({ ...report, groupsNotFound: ['web'] })).notes;
    expect(note?.text).toBe(`${what}, mistyped or not opted in: web`);
  });
});

describe('actions', () => {
  const [stop, stopByAwsCli] = stopsOf(deployment);
  const log = 'filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp';
  const commandsOf = ({ actions }: ReturnType<typeof reportDigest>) => actions.map((one) => one.commands);
  const told = (report: Report, strikes = 3) =>
    commandsOf(reportDigest(report, deployment, { ...limits, strikes }));
  const broken = (...names: string[]) =>
    aVerification({ recoveries: names.map((group) => aBroken({ group })) });

  test('at a terminal there is one only where a group did not recover', () => {
    expect(view(aReport({ recoveries: [aRecovered()] })).actions).toEqual([]);
    expect(commandsOf(view(broken(web)))).toEqual([[`./chaos leash ${web} --off`]]);
  });

  test('a message lifts the leash of each group that is shown, then stops the monkey and finds the log', () => {
    expect(told(broken('a', 'b of ours', 'c', 'd'))).toEqual([
      ['a', "'b of ours'", 'c'].map((group) => `./chaos leash ${group} --off --region eu-west-1`),
      ...[[stop], [stopByAwsCli], [log]],
    ]);
  });

  test('are titled by how many groups there are, and by what the log has', () => {
    const titles = (report: Report) =>
      reportDigest(report, deployment, limits).actions.map(({ title }) => title);
    expect(titles(broken('a'))[0]).toMatch(/^The group is leashed/);
    expect(titles(broken('a', 'b'))[0]).toMatch(/^The groups are leashed/);
    expect(titles(broken('a')).at(-1)).toMatch(/^Every recovery,/);
    expect(titles(aReport()).at(-1)).toMatch(/^Every decision,/);
    expect(reportDigest(aReport(), deployment, limits).whole).toContain('see the last command');
  });

  test('say what to put in for groups that are not shown', () => {
    const command = ['./chaos leash GROUP --off --region eu-west-1'];
    expect(told(broken('a', 'b'), 0)[0]).toEqual(command);
    expect(told(aVerification({ counts: { notRecovered: 2 } }))[0]).toEqual(command);
  });

  test('say how to stop the monkey, unless it is stopped', () => {
    const gate = (gate: string, open: boolean) => told(aReport({ gates: [{ gate, open, text: '' }] }));
    expect(gate('stop', true)).toEqual([[stop], [stopByAwsCli], [log]]);
    expect(gate('schedule', false)).toEqual([[stop], [stopByAwsCli], [log]]);
    expect(gate('stop', false)).toEqual([[log]]);
  });
});

describe('footer', () => {
  const sums = (report: Report) => view(report).footer[0];

  test('has the sums, the open gates and the run', () => {
    expect(view(aReport({ strikes: [aStrike()] })).footer).toEqual([
      'Surveyed 3 groups in 5 regions of 3 accounts: 1 struck, 3 spared, 0 failures.',
      'Open gates: stop (no stop is set), schedule (inside the window mon, tue 09:00-16:00 Europe/Berlin).',
      'Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at Mon 2026-11-23 10:00 Europe/Berlin, took 12.3 s.',
    ]);
  });

  test('counts each outcome of strikes, and what was done where nothing was surveyed', () => {
    expect(sums(aReport({ counts: { succeeded: 2, unknown: 3, failed: 4, failures: 5 } }))).toContain(
      ': 2 struck, 3 perhaps struck, 4 could not be struck, 3 spared, 5 failures.',
    );
    expect(sums(aReport({ mode: 'leashed', counts: { leashed: 2 } }))).toContain(
      ': 2 would have been struck,',
    );
    const gates = [{ gate: 'stop', open: false, text: '' }];
    const closed = aReport({ outcome: 'closed', gates });
    expect(view(closed).footer).toEqual(['Nothing was surveyed.', expect.stringContaining('Run ')]);
    expect(sums(aVerification({ recoveries: [aRecovered(), aBroken()] }))).toBe(
      'Verified earlier strikes: 1 recovered, 1 NOT recovered, 0 failures.',
    );
  });

  test('of a message ends with where it comes from', () => {
    expect(reportDigest(aReport(), deployment, limits).footer).toEqual([
      ...view(aReport()).footer,
      'Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.',
    ]);
  });

  test('gives a verification no slot, and says by which trigger a run came', () => {
    expect(view(aVerification({ trigger: 'cli' })).footer.slice(1)).toEqual([
      'Run 20261123T090000Z-3f9a1c2b, started by the command line at Mon 2026-11-23 10:00 Europe/Berlin, took 12.3 s.',
    ]);
  });

  test.each(['strikes', 'recoveries', 'failures', 'decisions'])('says that %s were left out', (list) => {
    const report = aReport({ omitted: { ...omitted, [list]: 1 } });
    expect(view(report).footer).toContain('Left out to fit');
    expect(view(report, { spared: 0 }).footer.includes('Left out to fit')).toBe(list !== 'decisions');
  });
});

test('texts from outside are cut and cannot break a line, whatever they are', () => {
  const nasty = `a\nb\u0007${'c'.repeat(5000)}`;
  const report = aReport({
    strikes: [
      aStrike({ group: nasty, target: aTarget({ id: nasty, facts: { zone: nasty } }), detail: nasty }),
    ],
    recoveries: [aBroken({ group: nasty }), aRecovered({ group: nasty, recovery: { text: nasty } })],
    failures: [aFailure({ code: nasty, message: nasty, group: nasty })],
    gates: ['stop', nasty].map((gate, index) => ({ gate, open: index === 0, text: nasty })),
    ...{ groupsNotFound: [nasty], leashedBecause: nasty, runId: nasty, slot: nasty },
    decisions: [aDecision({ group: nasty, reason: { code: nasty, text: nasty } })],
    counts: { spared: { [nasty]: 1 } },
    omitted: { ...omitted, strikes: 1, text: nasty },
  });
  const texts = textsOf(reportDigest(report, deployment, limits));
  expect(texts.filter((text) => text.includes('ccc')).length).toBeGreaterThan(15);
  for (const text of texts) {
    expect(text).not.toMatch(/\p{Cc}/u);
    expect(text.length).toBeLessThanOrEqual(900);
  }
});
