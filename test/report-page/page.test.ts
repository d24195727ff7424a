import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExperimentReport } from '#core/reports/experiment-report.ts';
import { parse } from '#core/util/parse.ts';
import { reportPage } from '#report-page/page.ts';
import { anExperimentReport, aPageProbe, aStruck, phasesOf } from '../support/an-experiment-report.ts';
import { sampleReports } from '../support/sample-reports.ts';
import { anEnormousReport, anyReport, hostileTexts, seeds, withHostileTexts } from './hostile.ts';

const kilobyte = 1_000;
const samples = Object.entries(sampleReports).map(([name, make]) => [name, make()] as const);
const [survived, undoFailed] = [sampleReports.survived(), sampleReports['undo-failed']()];
/** What a reader sees, roughly: no tags, no styles. */
const seen = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, '|')
    .replaceAll('\u00a0', ' ');
const places = (text: string, parts: readonly string[]) => parts.map((part) => text.indexOf(part));

describe('reportPage', () => {
  test.each(samples)('says first what came out, then the question, then what to do: %s', (_name, report) => {
    expect(parse(ExperimentReport, report, 'the sample')).toEqual(report);
    const order = places(seen(reportPage(report)), [
      report.title,
      report.hypothesis.if,
      'What to do next',
      'What was measured',
      'Timeline',
      report.fileHash,
    ]);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  test('tells samples of an injection and of an undo from those of the fault, and shades them paler', () => {
    const phases = phasesOf(
      ['baseline', 30],
      ['injecting', 6],
      ['fault', 60],
      ['undoing', 5],
      ['recovery', 20],
    );
    const page = reportPage(anExperimentReport({ phases }));
    expect(page.match(/class="shade \w+" x=/g)).toEqual(
      ['injecting', 'fault', 'undoing'].map((is) => `class="shade ${is}" x=`),
    );
    const rows = [...seen(page).matchAll(/\|(Baseline|Injecting|Fault|Undoing|Recovery)\|/g)];
    const inTable = rows.map(([, name]) => name).slice(-5);
    expect(inTable).toEqual(['Baseline', 'Injecting', 'Fault', 'Undoing', 'Recovery']);
  });

  test('counts a target once, however often it was struck', () => {
    const strikes = [aStruck({ stage: 1 }), aStruck({ stage: 2 }), aStruck({ stage: 2, outcome: 'failed' })];
    expect(seen(reportPage(anExperimentReport({ strikes })))).toMatch(/Targets struck\|+1\|/);
  });

  test('tells a reader of a rehearsal that a deviation is a false alarm', () => {
    const page = seen(reportPage({ ...sampleReports.deviated(), rehearsal: true }));
    expect(page).toContain('there was no fault: a false alarm');
    expect(page).not.toContain('the hypothesis is wrong');
  });

  test('shows how to undo what is not undone, whole, before any chart', () => {
    const page = reportPage(undoFailed);
    const commands = undoFailed.strikes.flatMap(({ byHand }) => byHand);
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const at = page.indexOf(command.replaceAll("'", '&#39;'));
      expect(at).toBeGreaterThan(0);
      expect(at).toBeLessThan(page.indexOf('class="chart"'));
    }
    expect(reportPage(survived)).not.toContain('by hand');
  });

  test('draws no bad share before the fault, though the column has begun by then', () => {
    const shape = (from: number) => {
      const phases = phasesOf(['baseline', from], ['fault', 10]);
      const probe = aPageProbe(({ is }) => (is === 'fault' ? 2_000 : 100));
      const [, x = ''] =
        /class="bad-share" d="M(\d+) /.exec(reportPage(anExperimentReport({ phases, probes: [probe] }))) ??
        [];
      return Number(x) / 2_000;
    };
    expect(shape(5)).toBeCloseTo(5 / 15, 1);
    // All columns are whole: the last ends at 16 s.
    for (const from of [5.3, 5.6, 5.9]) expect(shape(from)).toBeCloseTo(from / 16, 2);
  });

  test('says moments in both zones, and in one where both are the same', () => {
    const page = seen(reportPage(survived));
    expect(page).toContain('Mon 2026-11-23 10:00:00');
    expect(page).toContain('09:00:00 UTC');
    const inUtc = seen(reportPage({ ...survived, timeZone: 'UTC' }));
    expect(inUtc).toContain('Mon 2026-11-23 09:00:00 UTC');
    expect(inUtc.includes('Europe/Berlin')).toBe(false);
    // The day is another one there.
    expect(seen(reportPage({ ...survived, timeZone: 'Pacific/Kiritimati' }))).toMatch(
      /Mon 2026-11-23 23:00:00.*?09:00:00 UTC/,
    );
    expect(seen(reportPage({ ...survived, timeZone: 'Mars/Olympus' }))).toContain(
      'Mon 2026-11-23 09:00:00 UTC',
    );
  });

  test('says moments within texts as it says all others', () => {
    const report = {
      ...survived,
      strikes: survived.strikes.map((strike) => ({ ...strike, detail: 'ends at 2026-11-23T09:05:30.000Z' })),
      events: survived.events.map((event) => ({ ...event, text: 'until 2026-11-23T23:05:30Z' })),
      verdict: { ...survived.verdict, why: 'nothing since 2026-11-23T09:01:00Z' },
    };
    const page = seen(reportPage(report));
    expect(page).not.toMatch(/\dT\d\d:/);
    expect(page).toContain('ends at Mon 2026-11-23 10:05:30');
    expect(page).toContain('until Tue 2026-11-24 00:05:30');
    expect(page).toContain('Nothing since Mon 2026-11-23 10:01:00.');
  });

  test('shows no tag that nobody could read', () => {
    expect(reportPage({ ...survived, tags: ['\u0007'] })).not.toContain('Tags:');
    expect(reportPage({ ...survived, tags: ['\u0007', 'x'] }).match(/class="tag"/g)).toHaveLength(1);
  });

  test('says what would have been noticed', () => {
    expect(seen(reportPage(survived))).toMatch(/8\.6 %.*0\.71 %/);
  });

  test('says of each probe which samples decided, and that it did not recover', () => {
    const probe = aPageProbe(() => 240, { is: 'deviated', why: '15 of the last 15', recovery: 'late' });
    const page = seen(reportPage(anExperimentReport({ probes: [probe] })));
    expect(page).toMatch(/It deviated: 15 of the last 15\. It was not within its tolerance again in time\./);
  });

  test.each([
    ['no probe', anExperimentReport({ probes: [] })],
    ['no phase', anExperimentReport({ phases: [] })],
    [
      'one sample',
      anExperimentReport({ phases: phasesOf(['baseline', 0.2]), probes: [aPageProbe(() => 240)] }),
    ],
  ])('makes a page of %s', (_what, report) => {
    expect(reportPage(report)).toContain('</html>');
  });

  test('makes a page of whatever the schema lets through, within 500 KB', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const page = reportPage(report);
        expect(page.length).toBeLessThan(500 * kilobyte);
        expect(page.endsWith('</html>\n')).toBe(true);
        expect(
          page
            .replaceAll(/<(title|h1|td|dd|p|code|li|div|bdi|strong|span)\b[^>]*>[^<]*/g, '')
            .match(/.{50}(NaN|undefined|Infinity)/)?.[0],
        ).toBe(undefined);
      }),
      { numRuns: 25 },
    );
  });

  test('stays below 500 KB for 25 hours of 20 probes with more of everything than there ever is', () => {
    const page = reportPage(anEnormousReport());
    expect(Buffer.byteLength(page)).toBeLessThan(500 * kilobyte);
    expect(seen(page).match(/\d+ more bad samples are/)?.[0]).toBe('492 more bad samples are');
    expect(seen(page).match(/more targets that are not undone are/)).not.toBe(null);
  });

  test('escapes, cleans and truncates every text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), seeds, ([, sample], from) => {
        const page = reportPage(withHostileTexts(sample, from));
        expect(page.match(/<(script|img|base)\b/)?.[0]).toBe(undefined);
        expect(page.match(/<\/style>/g)).toHaveLength(1);
        expect(page.match(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u)?.[0]).toBe(undefined);
        expect(page.isWellFormed()).toBe(true);
        // Only commands are never cut.
        expect(page.replaceAll(/<pre>.*?<\/pre>/g, '').includes('x'.repeat(2_001))).toBe(false);
      }),
      { numRuns: 10 },
    );
  });

  test('keeps the words of a hostile text readable', () => {
    const [script = '', ...others] = hostileTexts;
    const page = reportPage({ ...survived, title: script, owner: others[4] ?? '' });
    expect(page).toContain('<h1>&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>');
    expect(page).toContain('<bdi>שלום עולם</bdi>');
  });

  test('asks for nothing: no address but in text, and a policy that forbids all', () => {
    for (const [, sample] of samples) {
      const page = reportPage(sample);
      expect(
        page.match(/\b(src|srcset|action|poster|data)=|url\((?!#)|@import|@font-face|href="(?!#)/)?.[0],
      ).toBe(undefined);
      expect(page.includes("default-src 'none'; style-src 'unsafe-inline'")).toBe(true);
    }
  });
});
