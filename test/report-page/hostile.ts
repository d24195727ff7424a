import fc from 'fast-check';
import { ExperimentReport } from '#core/reports/experiment-report.ts';
import { arbitraryOf } from '../support/arbitrary-of.ts';
import { sampleReports } from '../support/sample-reports.ts';

/** Texts that try to leave their place, to reorder what stands beside them, or to fill the page. */
export const hostileTexts = [
  '</style><script>alert(1)</script>',
  '"><img src=https://evil.example/x onerror=alert(1)>',
  "'; --></title><base href=//evil.example>",
  ']]> & &amp; &#x3c;b&#x3e;',
  '\u202egnp.exe\u2066 \u2069\u200f\u0000\u0007\u001b[31m\u0085\u2028\ud800 \ufffe',
  'שלום עולם',
  'x'.repeat(10_000),
  '"&'.repeat(5_000),
  'two words '.repeat(1_000),
] as const;

/** The report with every text of people and of AWS replaced by hostile ones; what the schema gives a form stays. */
export function withHostileTexts(report: ExperimentReport, from = 0): ExperimentReport {
  const kept = new Set(['is', 'outcome', 'at', 'from', 'to', 'startedAt', 'endedAt', 'timeZone', 'stage']);
  let next = from;
  const replaced = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string' && !kept.has(key)) {
      next += 1;
      return hostileTexts[next % hostileTexts.length];
    }
    if (Array.isArray(value)) return value.map((one) => replaced(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, name)]));
  };
  return ExperimentReport.parse(replaced(report));
}

/** Whatever the schema lets through: no order, no sense, and numbers of any size. */
export const anyReport = arbitraryOf(ExperimentReport);

/** More of everything than there ever is: a day of samples of 20 probes that are often bad. */
export function anEnormousReport(): ExperimentReport {
  const report = sampleReports.deviated();
  const [probe] = report.probes;
  const [strike] = report.strikes;
  if (probe === undefined || strike === undefined) throw new Error('the sample has changed');
  const start = Date.parse(report.startedAt);
  const minutes = 25 * 60;
  const at = (index: number) => start + index * 60_000;
  const wave = (index: number, size: number) => 40 + size * (1 + Math.sin(index * 1.7));
  const busy = {
    ...probe,
    binMs: 60_000,
    bins: Array.from({ length: minutes }, (_, index) => ({
      ...{ at: at(index), good: 290, bad: (index * 7) % 11, unmeasured: (index * 5) % 3 },
      ...{ min: wave(index, 5), median: wave(index, 40), max: wave(index, 140) },
    })),
    badSamples: Array.from({ length: 500 }, (_, index) => ({
      at: at((index * 997) % minutes),
      ...(index % 5 > 0 && { value: wave(index * 3, 140) }),
      detail: 'status 502 <Bad Gateway> & "more"',
    })),
    evidence: Array.from({ length: minutes }, (_, index): [number, number] => [
      at(index),
      Math.sin(index) * 3,
    ]),
  };
  const many = <Item>(length: number, item: Item) => Array.from({ length }, () => item);
  return {
    ...report,
    endedAt: new Date(at(minutes)).toISOString(),
    phases: many(20, report.phases).flatMap((phases, turn) =>
      phases.map((phase) => ({
        ...phase,
        from: new Date(Date.parse(phase.from) + turn * 4_500_000).toISOString(),
        to: new Date(Date.parse(phase.to) + turn * 4_500_000).toISOString(),
      })),
    ),
    probes: Array.from({ length: 20 }, (_, index) => ({ ...busy, name: `probe-${index}` })),
    strikes: many(1_000, {
      ...strike,
      byHand: many(3, `aws iam put-role-policy --policy-document '${'{"a":"b"}'.repeat(100)}'`),
    }),
    events: many(2_000, report.events).flat(),
    notes: many(500, {
      at: report.startedAt,
      by: 'alice',
      text: 'What was learned, at length. '.repeat(400),
    }),
    failures: many(500, { stage: 'undo', code: 'AccessDenied', message: 'not authorized '.repeat(60) }),
    next: many(100, 'Fix it, and run the same file again.'),
  };
}

export const seeds = fc.nat({ max: hostileTexts.length - 1 });
