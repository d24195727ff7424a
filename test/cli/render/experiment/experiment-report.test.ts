import { describe, expect, test } from 'vitest';
import { experimentReportText } from '#cli/render/experiment/experiment-report.ts';
import { wrapText } from '#cli/render/wrap.ts';
import type { ExperimentReport, StruckTarget } from '#core/reports/experiment-report.ts';
import { aStruck } from '../../../support/an-experiment-report.ts';
import { sampleReports } from '../../../support/sample-reports.ts';

const plain = (_styles: unknown, text: string) => text;
const marked = (styles: string | string[], text: string) => `<${[styles].flat().join(' ')}>${text}</>`;
const page = '.chaos/experiments/20261123T090000Z-3f9a1c2b.html';
const rendered = (
  report: ExperimentReport,
  paint: typeof plain | typeof marked = plain,
  width: number | undefined = undefined,
) => experimentReportText(report, { paint, width, timeZone: 'Europe/Berlin', page, flags: '' });
const samples = Object.entries(sampleReports).map(([name, make]) => [name, make()] as const);

describe('experimentReportText', () => {
  test.each([
    ['survived', '<bold green inverse> SURVIVED '],
    ['deviated', '<bold red inverse> DEVIATED '],
    ['inconclusive', '<bold yellow inverse> INCONCLUSIVE '],
    ['not-steady', '<bold yellow inverse> NOT STEADY '],
    ['aborted', '<bold cyan inverse> ABORTED '],
    ['undo-failed', '<bold inverse red> UNDO FAILED '],
  ] as const)('begins with the verdict: %s', (name, badge) => {
    expect(rendered(sampleReports[name](), marked).startsWith(badge)).toBe(true);
  });

  test.each(samples)('says why, what to do, and where the page is, in 80 columns: %s', (_name, report) => {
    const text = wrapText(rendered(report), 80);
    const lines = text.split('\n');
    // A word may be longer than a line: an ARN.
    expect(lines.filter((line) => line.length > 80 && line.trim().includes(' '))).toEqual([]);
    const order = [report.verdict.why, 'What to do next', 'What was measured', page].map((part) =>
      rendered(report).indexOf(part),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  test('names the deployment in commands, where its reader has named it', () => {
    const id = '20261123T090000Z-3f9a1c2b';
    const next = [
      `Write it down: ./chaos experiment note ${id} "...". Until then it waits.`,
      'Undo it now: ./chaos undo 0123456789abcdef fedcba9876543210, or by hand.',
      'Undo it now: ./chaos undo --all, or by hand.',
    ];
    const flags = ' --region eu-west-1';
    const text = experimentReportText(
      { ...sampleReports.deviated(), next },
      { paint: plain, width: 80, timeZone: 'UTC', page, flags },
    );
    expect(text).toContain(`./chaos experiment note ${id}${flags} "..."`);
    expect(text).toContain(`./chaos undo 0123456789abcdef fedcba9876543210${flags}, or by hand.`);
    expect(text).toContain(`./chaos undo --all${flags}, or by hand.`);
  });

  test('lists what was allowed, seen, noticed, detected and recovered, in columns', () => {
    const lines = rendered(sampleReports.deviated()).split('\n');
    const [heading = '', site = ''] = lines.slice(lines.indexOf('What was measured') + 1);
    const ends = (line: string) => [...line.matchAll(/\S(?= |$)/g)].map(({ index }) => index);
    expect(heading.trim().split(/ +/)).toEqual([
      'probe',
      'allowed',
      'seen',
      'bad',
      'notices',
      'below',
      'detected',
      'recovered',
    ]);
    expect(site.trim().split(/ {1,}/)).toEqual([
      'site',
      '1',
      '%',
      '72/1,390',
      '4.1',
      '%',
      '–',
      '11.9',
      's',
      '27',
      's',
    ]);
    expect(ends(heading).at(-1)).toBe(ends(site).at(-1));
  });

  test('shows how to undo what is not undone, before the other strikes', () => {
    const text = rendered(sampleReports['undo-failed']());
    const places = ['NOT UNDONE', './chaos undo 7c1e09b2a4d35f68', 'aws ssm delete-parameter', 'spared'].map(
      (part) => text.indexOf(part),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('puts the columns below each other on a screen that is too narrow for them', () => {
    const text = wrapText(rendered(sampleReports.deviated(), plain, 40), 40);
    expect(text).toContain(`What was measured
  site
    allowed    1 %
    seen bad   72/1,390
    notices    4.1 %
    detected   11.9 s
    recovered  27 s
`);
    expect(rendered(sampleReports.deviated(), plain, 80)).toBe(rendered(sampleReports.deviated()));
  });

  test('says what most bad samples of a probe said', () => {
    const { probes, ...report } = sampleReports['not-steady']();
    const [probe] = probes;
    if (probe === undefined) throw new Error('there is no probe');
    const text = (...details: readonly string[]) =>
      rendered({
        ...report,
        probes: [{ ...probe, badSamples: details.map((detail) => ({ at: 0, detail })) }],
      });
    expect(text('status 500', 'no answer: ECONNREFUSED', 'no answer: ECONNREFUSED')).toContain(
      '\n    Bad samples: no answer: ECONNREFUSED (2 of 3)\n',
    );
    expect(text('812 ms', 'status 500', '1,204.5 ms')).toContain(
      '\n    Bad samples: 812 ms and the like (2 of 3)\n',
    );
    expect(text()).not.toContain('Bad samples');
  });

  test('says when a strike was undone, and no more when it would have ended by itself', () => {
    const detail = 'until 09:55 UTC; if nobody undoes it, it ends by itself then';
    const undo = '7c1e09b2a4d35f68';
    const to = '2026-11-23T09:53:29.400Z';
    const text = (strike: Partial<StruckTarget>) =>
      rendered({ ...sampleReports.survived(), strikes: [aStruck({ detail, undo, ...strike })] });
    expect(text({ to })).toContain('(milliseconds 300, percentage 100): succeeded, undone at 09:53:29 UTC\n');
    expect(text({ to, outcome: 'unknown' })).toContain('unknown, undone at 09:53:29 UTC\n');
    expect(text({ to })).not.toContain('by itself');
    expect(text({ byHand: ['aws ssm'] })).toContain('ends by itself');
  });

  test('says once who stopped it', () => {
    const verdict = { is: 'aborted', why: 'Ctrl-C', by: 'Ctrl-C', at: '2026-11-23T09:00:00.000Z' } as const;
    expect(rendered({ ...sampleReports.aborted(), verdict })).toContain('\nCtrl-C\n');
  });

  test('says of a rehearsal that nothing was injected', () => {
    expect(rendered({ ...sampleReports.survived(), rehearsal: true })).toContain('no fault was injected');
  });

  test('lets nothing reach the terminal that could move its cursor', () => {
    const title = 'a\u001b[2Jb\u202ec\nd';
    expect(rendered({ ...sampleReports.survived(), title, next: [title] })).not.toMatch(
      /\p{Cf}|(?!\n)\p{Cc}|\nd/u,
    );
  });
});
