import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { junitXml } from '#core/experiment/junit.ts';
import { verdicts } from '#core/reports/experiment-report.ts';
import { withHostileTexts } from '../../report-page/hostile.ts';
import { sampleReports } from '../../support/sample-reports.ts';

const samples = Object.entries(sampleReports).map(([name, make]) => [name, make()] as const);
const count = (xml: string, what: RegExp) => xml.match(what)?.length ?? 0;
/** The totals of the suite, as builds read them. */
const totals = (xml: string) =>
  Object.fromEntries(
    [...(/<testsuite [^>]*>/.exec(xml)?.[0] ?? '').matchAll(/(tests|failures|errors|skipped)="(\d+)"/g)].map(
      ([, name = '', number]) => [name, Number(number)],
    ),
  );

describe('junitXml', () => {
  test.each([
    ['survived', { tests: 3, failures: 0, errors: 0, skipped: 0 }],
    ['deviated', { tests: 3, failures: 1, errors: 0, skipped: 0 }],
    ['inconclusive', { tests: 2, failures: 0, errors: 1, skipped: 1 }],
    ['not-steady', { tests: 2, failures: 0, errors: 1, skipped: 1 }],
    ['aborted', { tests: 2, failures: 0, errors: 1, skipped: 1 }],
    ['undo-failed', { tests: 2, failures: 0, errors: 1, skipped: 1 }],
  ] as const)('of %s is %j', (name, expected) => {
    const xml = junitXml(sampleReports[name]());
    expect(totals(xml)).toEqual(expected);
    expect(count(xml, /<testcase /g)).toBe(expected.tests);
    expect(count(xml, /<failure /g)).toBe(expected.failures);
    expect(count(xml, /<error /g)).toBe(expected.errors);
    expect(count(xml, /<skipped /g)).toBe(expected.skipped);
  });

  test('is green for survived and for nothing else, whatever the probes say', () => {
    for (const is of verdicts) {
      for (const [, report] of samples.filter(([name]) => name !== 'deviated')) {
        const { failures = 0, errors = 0 } = totals(
          junitXml({ ...report, verdict: { ...report.verdict, is } }),
        );
        expect([is, failures + errors > 0]).toEqual([is, is !== 'survived']);
      }
    }
  });

  test('has a case for each judged probe, with the odds of the one that deviated', () => {
    const xml = junitXml(sampleReports.deviated());
    expect(xml).toContain('name="site: at most 1 in 100 requests fails');
    expect(xml).toMatch(/<failure message="[^"]*Odds against chance: 3,140,000 to 1\." type="deviated"\/>/);
    expect(junitXml(sampleReports.survived())).not.toContain('name="queue');
  });

  test('has no property without a value, as of a tag of control characters', () => {
    const xml = junitXml({ ...sampleReports.survived(), tags: ['\u0007', 'x'] });
    expect(count(xml, /<property name="tag"/g)).toBe(1);
    expect(xml).not.toContain('value=""');
  });

  test('says how to undo what is not undone', () => {
    expect(junitXml(sampleReports['undo-failed']())).toContain('aws ssm delete-parameter --region eu-west-1');
  });

  test('holds no character that XML has not, and no text as markup', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat({ max: 7 }), ([, report], from) => {
        const xml = junitXml(withHostileTexts(report, from));
        expect(xml.match(/[\ufffe\uffff]|\p{Cf}|(?![\n\t])\p{Cc}/u)?.[0]).toBe(undefined);
        expect(xml.isWellFormed()).toBe(true);
        expect(
          xml.match(
            /<(?!\/?(testsuites?|properties|property|testcase|failure|error|skipped|system-out)\b|\?xml)/,
          ),
        ).toBe(null);
      }),
      { numRuns: 20 },
    );
  });
});
