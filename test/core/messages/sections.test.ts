import { describe, expect, test } from 'vitest';
import { sections } from '#core/messages/sections.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import {
  aBroken,
  aFailure,
  aGone,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../../support/a-report.ts';

const limits = { strikes: 3, failures: 4 };
const titles = (report: RunReport) => sections(report, limits).map(({ title }) => title);

describe('sections', () => {
  test('has a section for each thing that happened, and none for what did not', () => {
    const failed = aStrike({ outcome: 'failed', detail: 'UnauthorizedOperation: no' });
    expect(titles(aReport({ strikes: [aStrike(), failed], failures: [aFailure()] }))).toEqual([
      'Struck: 1 instance',
      'Could not strike: 1 instance',
      'Other failures: 1',
      'Spared: 3 groups',
    ]);
    expect(titles(aReport({ mode: 'leashed', strikes: [aStrike({ outcome: 'leashed' })] }))).toEqual([
      'Would have struck: 1 instance',
      'Spared: 3 groups',
    ]);
    expect(titles(aReport({ failures: [aFailure()], counts: { spared: {} } }))).toEqual(['Failures: 1']);
  });

  test('says of a strike what was done to which instance, and where it is', () => {
    expect(sections(aReport({ strikes: [aStrike()] }), limits)[0]?.entries).toEqual([
      {
        what: 'i-0a1b2c3d4e5f60718: ec2-terminate (via ec2): running -> shutting-down',
        where: 'Auto Scaling group web, account 222222222222, eu-west-1, zone eu-west-1a',
      },
    ]);
  });

  test('says of a strike that was only rehearsed what it would have been', () => {
    const strike = aStrike({ outcome: 'leashed', detail: 'leashed: nothing was touched' });
    expect(sections(aReport({ mode: 'leashed', strikes: [strike] }), limits)[0]).toEqual({
      title: 'Would have struck: 1 instance',
      entries: [
        {
          what: 'i-0a1b2c3d4e5f60718: ec2-terminate (via ec2)',
          where: 'Auto Scaling group web, account 222222222222, eu-west-1, zone eu-west-1a',
        },
      ],
      more: undefined,
    });
  });

  test('says of a failure at what stage, what AWS called it and where', () => {
    const failures = [
      aFailure({ stage: 'survey', code: 'Throttling', message: 'Rate exceeded', region: 'eu-west-1' }),
      { stage: 'record' as const, code: 'ResourceNotFoundException', message: 'no table' },
      aFailure({ stage: 'inspect', message: 'm', group: '333333333333/eu-west-1/tag/batch' }),
    ];
    expect(sections(aReport({ failures }), limits)[0]?.entries).toEqual([
      { what: 'survey: Throttling: Rate exceeded', where: 'account 333333333333, eu-west-1' },
      { what: 'record: ResourceNotFoundException: no table', where: undefined },
      { what: 'inspect: AccessDenied: m', where: 'group batch, account 333333333333' },
    ]);
  });

  test('shows so many strikes and says how many more there are', () => {
    const strikes = Array.from({ length: 1503 }, (_, index) => aStrike({ instanceId: `i-${index}` }));
    const [struck] = sections(aReport({ strikes }), limits);
    expect(struck?.title).toBe('Struck: 1,503 instances');
    expect(struck?.entries.map(({ what }) => what.slice(0, 3))).toEqual(['i-0', 'i-1', 'i-2']);
    expect(struck?.more).toBe('and 1,500 more');
  });

  test('counts what the report itself left out', () => {
    const omitted = { decisions: 0, strikes: 1, recoveries: 0, failures: 1, text: 'left out' };
    const report = aReport({
      strikes: [aStrike()],
      failures: [aFailure()],
      counts: { succeeded: 2, failures: 2 },
      omitted,
    });
    expect(sections(report, limits).map(({ more }) => more)).toEqual(['and 1 more', 'and 1 more', undefined]);
  });

  test('a thousand accounts that fail alike do not hide the one that fails otherwise', () => {
    const alike = Array.from({ length: 1000 }, (_, index) => aFailure({ message: `no ${index}` }));
    const other = aFailure({ stage: 'survey', code: 'Throttling', message: 'slow down' });
    const [failures] = sections(aReport({ failures: [...alike, other] }), limits);
    expect(failures?.entries.map(({ what }) => what)).toEqual([
      'assume-role: AccessDenied: no 0',
      'survey: Throttling: slow down',
      'assume-role: AccessDenied: no 1',
      'assume-role: AccessDenied: no 2',
    ]);
    expect(failures?.more).toBe(
      'and 997 more; in all: assume-role: AccessDenied 1,000, survey: Throttling 1',
    );
  });

  test('of more kinds of failures than fit, the first are shown', () => {
    const failures = ['A', 'B', 'C', 'D', 'E'].map((code) => aFailure({ code, message: 'no' }));
    const [section] = sections(aReport({ failures }), limits);
    expect(section?.entries.map(({ what }) => what)).toEqual(
      ['A', 'B', 'C', 'D'].map((code) => `assume-role: ${code}: no`),
    );
    expect(section?.more).toMatch(/^and 1 more; in all: /);
  });

  test('as many failures as fit are shown, alike or not', () => {
    const failures = Array.from({ length: 4 }, () => aFailure());
    expect(sections(aReport({ failures }), limits)[0]).toMatchObject({ more: undefined });
    expect(sections(aReport({ failures }), limits)[0]?.entries).toHaveLength(4);
  });

  test('what is broken comes first, what has recovered after what failed', () => {
    const report = aReport({
      strikes: [aStrike(), aStrike({ outcome: 'unknown' })],
      recoveries: [aRecovered(), aBroken(), aGone(), aRecovered()],
      failures: [aFailure()],
    });
    expect(titles(report)).toEqual([
      'NOT RECOVERED: 1 group',
      'Struck: 1 instance',
      'Not known whether struck: 1 instance',
      'Failures: 1',
      'Recovered: 2 groups',
      'Gone since the strike: 1 group',
      'Spared: 3 groups',
    ]);
  });

  test('says of a strike that is not known what AWS did not say', () => {
    const strike = aStrike({ outcome: 'unknown', detail: 'TimeoutError: no answer' });
    expect(sections(aReport({ strikes: [strike] }), limits)[0]?.entries[0]?.what).toBe(
      'i-0a1b2c3d4e5f60718: ec2-terminate (via ec2): TimeoutError: no answer',
    );
  });

  test('says of a group that did not recover what was seen, and where it is', () => {
    expect(sections(aVerification({ recoveries: [aBroken()] }), limits)).toEqual([
      {
        title: 'NOT RECOVERED: 1 group',
        entries: [
          {
            what: 'Auto Scaling group web: 1 of 2 desired are healthy, 59 minutes after i-0a1b2c3d4e5f60718 was struck by run 20261123T080000Z-5d3e2f10',
            where: 'account 222222222222, eu-west-1, struck at 2026-11-23T08:00:05Z',
          },
        ],
        more: undefined,
      },
    ]);
  });

  test('says how long a recovery took, and where that is only known to a limit', () => {
    const recoveries = [
      aRecovered(),
      aRecovered({
        group: '333333333333/us-east-1/tag/batch',
        recovery: { exact: false, tookMs: 4_000_000, text: '3 of 3 before are healthy' },
      }),
      aGone({ group: 'odd' }),
    ];
    const [recovered, gone] = sections(aVerification({ recoveries }), limits);
    expect(recovered?.entries).toEqual([
      {
        what: 'Auto Scaling group web in 3 min 12 s: 2 of 2 desired are healthy',
        where: 'account 222222222222, eu-west-1, i-0a1b2c3d4e5f60718 struck at 2026-11-23T08:00:05Z',
      },
      {
        what: 'group batch in at most 1 h 6 min: 3 of 3 before are healthy',
        where: 'account 333333333333, us-east-1, i-0a1b2c3d4e5f60718 struck at 2026-11-23T08:00:05Z',
      },
    ]);
    expect(gone?.entries).toEqual([
      {
        what: 'group odd: the group is no more',
        where: 'i-0a1b2c3d4e5f60718 struck at 2026-11-23T08:00:05Z',
      },
    ]);
  });

  test('counts all recoveries, those among them that the report left out', () => {
    const recoveries = [aRecovered(), aRecovered(), aRecovered(), aRecovered(), aBroken(), aGone()];
    const report = aVerification({
      recoveries,
      counts: { recovered: 7, notRecovered: 1 },
      omitted: { decisions: 0, strikes: 0, recoveries: 5, failures: 0, text: 'left out' },
    });
    expect(sections(report, limits).map(({ title, more }) => [title, more])).toEqual([
      ['NOT RECOVERED: 1 group', undefined],
      ['Recovered: 7 groups', 'and 4 more'],
      ['Gone since the strike: 3 groups', 'and 2 more'],
    ]);
  });

  test('counts the spared groups by reason', () => {
    expect(sections(aReport(), limits)).toEqual([
      {
        title: 'Spared: 3 groups',
        entries: [{ what: 'not-drawn 2, too-few-healthy 1', where: undefined }],
        more: undefined,
      },
    ]);
  });
});
