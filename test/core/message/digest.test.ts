import { describe, expect, test } from 'vitest';
import { digest } from '#core/message/digest.ts';
import { aFailure, aReport, aStrike } from '../../support/a-report.ts';

const limits = { strikes: 3, failures: 4 };
const titles = (report: Parameters<typeof digest>[0]) =>
  digest(report, limits).sections.map(({ title }) => title);

describe('digest', () => {
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
    expect(digest(aReport({ strikes: [aStrike()] }), limits).sections[0]?.entries).toEqual([
      {
        what: 'i-0a1b2c3d4e5f60718: ec2-terminate (via ec2): running -> shutting-down',
        where: 'Auto Scaling group web, account 222222222222, eu-west-1, zone eu-west-1a',
      },
    ]);
  });

  test('says of a failure at what stage, what AWS called it and where', () => {
    const failures = [
      aFailure({ stage: 'survey', code: 'Throttling', message: 'Rate exceeded', region: 'eu-west-1' }),
      { stage: 'record' as const, code: 'ResourceNotFoundException', message: 'no table' },
      aFailure({ stage: 'inspect', message: 'm', group: '333333333333/eu-west-1/tag/batch' }),
    ];
    expect(digest(aReport({ failures }), limits).sections[0]?.entries).toEqual([
      { what: 'survey: Throttling: Rate exceeded', where: 'account 333333333333, eu-west-1' },
      { what: 'record: ResourceNotFoundException: no table', where: undefined },
      { what: 'inspect: AccessDenied: m', where: 'group batch, account 333333333333' },
    ]);
  });

  test('shows so many strikes and says how many more there are', () => {
    const strikes = Array.from({ length: 1503 }, (_, index) => aStrike({ instanceId: `i-${index}` }));
    const [struck] = digest(aReport({ strikes }), limits).sections;
    expect(struck?.title).toBe('Struck: 1,503 instances');
    expect(struck?.entries.map(({ what }) => what.slice(0, 3))).toEqual(['i-0', 'i-1', 'i-2']);
    expect(struck?.more).toBe('and 1,500 more');
  });

  test('counts what the report itself left out', () => {
    const omitted = { decisions: 0, strikes: 1, failures: 1, text: 'left out' };
    const report = aReport({
      strikes: [aStrike()],
      failures: [aFailure()],
      counts: { succeeded: 2, failures: 2 },
      omitted,
    });
    expect(digest(report, limits).sections.map(({ more }) => more)).toEqual([
      'and 1 more',
      'and 1 more',
      undefined,
    ]);
  });

  test('a thousand accounts that fail alike do not hide the one that fails otherwise', () => {
    const alike = Array.from({ length: 1000 }, (_, index) => aFailure({ message: `no ${index}` }));
    const other = aFailure({ stage: 'survey', code: 'Throttling', message: 'slow down' });
    const [failures] = digest(aReport({ failures: [...alike, other] }), limits).sections;
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

  test('as many failures as fit are shown, alike or not', () => {
    const failures = Array.from({ length: 4 }, () => aFailure());
    expect(digest(aReport({ failures }), limits).sections[0]).toMatchObject({ more: undefined });
    expect(digest(aReport({ failures }), limits).sections[0]?.entries).toHaveLength(4);
  });

  test('counts the spared groups by reason', () => {
    expect(digest(aReport(), limits).sections).toEqual([
      {
        title: 'Spared: 3 groups',
        entries: [{ what: 'not-drawn 2, too-few-healthy 1', where: undefined }],
        more: undefined,
      },
    ]);
  });

  test('notes the leash, the gates that were closed, and groups that were not found', () => {
    const gates = [
      { gate: 'stop', open: true, text: 'no stop is set' },
      { gate: 'schedule', open: false, text: 'it is Sunday' },
    ];
    const leashed = aReport({
      mode: 'leashed',
      leashedBecause: 'the configuration says leashed: true',
      gates,
      groupsNotFound: ['wbe', 'apu'],
    });
    expect(digest(leashed, limits).notes).toEqual([
      'Nothing was touched: the configuration says leashed: true',
      'A live run would have ended here. Gate schedule: it is Sunday',
      'Not found, mistyped or not opted in: wbe, apu',
    ]);
    expect(digest(aReport({ outcome: 'closed', gates }), limits).notes).toEqual([
      'Nothing was looked at. Gate schedule: it is Sunday',
    ]);
    expect(digest(aReport(), limits).notes).toEqual([]);
  });

  test('says how to stop the monkey, unless it is stopped', () => {
    const stop = 'npx chaos stop --reason "..."';
    const commands = (open: boolean) =>
      digest(aReport({ gates: [{ gate: 'stop', open, text: '' }] }), limits).actions.map(
        ({ command }) => command,
      );
    expect(commands(true)).toContain(stop);
    expect(commands(false)).not.toContain(stop);
  });

  test('says how to find every decision of this run', () => {
    expect(digest(aReport(), limits).actions.at(-1)?.command).toBe(
      'filter runId = "20261123T090000Z-3f9a1c2b" | sort @timestamp',
    );
  });

  test('ends with what was looked at and which run it was', () => {
    expect(digest(aReport(), limits).footer).toEqual([
      'Looked at 3 groups in 3 accounts (5 account-regions).',
      'Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, started by the schedule at 2026-11-23T09:00:03Z, took 12.3 s.',
    ]);
    expect(digest(aReport({ outcome: 'closed' }), limits).footer).toHaveLength(1);
  });

  test('texts from outside are cut and cannot break a line', () => {
    const nasty = `a\nb\u0007${'c'.repeat(5000)}`;
    const report = aReport({
      strikes: [aStrike({ instanceId: nasty, zone: nasty, detail: nasty })],
      failures: [aFailure({ message: nasty, group: nasty })],
      gates: [{ gate: 'stop', open: false, text: nasty }],
      groupsNotFound: [nasty],
      counts: { spared: { [nasty]: 1 } },
      runId: nasty,
    });
    const { headline, notes, sections, actions, footer } = digest(report, limits);
    const texts = [
      headline,
      ...notes,
      ...sections.flatMap(({ entries, more }) => [
        ...entries.flatMap(({ what, where }) => [what, where ?? '']),
        more ?? '',
      ]),
      ...actions.map(({ command }) => command),
      ...footer,
    ];
    expect(texts.filter((text) => text.includes('ccc')).length).toBeGreaterThan(6);
    for (const text of texts) {
      expect(text).not.toMatch(/\p{Cc}/u);
      expect(text.length).toBeLessThanOrEqual(450);
    }
  });
});
