import { describe, expect, test } from 'vitest';
import { evidenceBound, findingsOf, findingText } from '#core/experiment/wording/probe-words.ts';
import { meaningOf } from '#core/experiment/wording/verdict-words.ts';
import type { ExperimentReport, ProbeResult } from '#core/reports/experiment-report.ts';
import { anExperimentReport, aPageProbe } from '../../../support/an-experiment-report.ts';

const reportOf = (overrides: Partial<ProbeResult>, is: ExperimentReport['verdict']['is'] = 'deviated') => {
  const report = anExperimentReport({ probes: [aPageProbe(() => 240)] });
  const probes = report.probes.map((probe) => ({ ...probe, ...overrides }));
  return { ...report, probes, verdict: { ...report.verdict, is, probe: 'page' } };
};
const aResult = (overrides: Partial<ProbeResult>) => reportOf(overrides).probes[0] as ProbeResult;

describe('what is said of a probe', () => {
  test('says whether it recovered, and when', () => {
    expect(findingsOf(aResult({ recovery: 'in-time', recoveredAfterMs: 0 })).recovered).toBe('at once');
    expect(findingsOf(aResult({ recovery: 'late', recoveredAfterMs: 130_000 })).recovered).toBe('2 min 10 s');
    expect(findingsOf(aResult({ recovery: 'late' })).recovered).toBe('no');
    expect(findingsOf(aResult({ recovery: 'unknown' })).recovered).toBe('unknown');
    expect(findingsOf(aResult({})).recovered).toBe('–');
    expect(findingText(aResult({ recovery: 'late' }))).toContain('in time');
    expect(findingText(aResult({ recovery: 'in-time' }))).not.toContain('in time');
  });

  test('promises the same of each stage', () => {
    const [baseline, fault] = aResult({}).phases as [
      ProbeResult['phases'][number],
      ProbeResult['phases'][number],
    ];
    const of = (phases: ProbeResult['phases']) =>
      findingText(aResult({ phases, notices: 0.09, below: 0.03 }));
    const one = of([baseline, { ...fault, is: 'fault' }]);
    const two = of([baseline, { ...fault, is: 'fault' }, { ...fault, is: 'fault', stage: 2 }]);
    expect(one).toContain('noticed 9 % bad. The true share was below 3 %.');
    expect(two).toContain('noticed 9 % bad in each stage. The true share was below 3 % in each stage.');
  });

  test('says which samples decided', () => {
    expect(findingText(aResult({ why: '15 of the last 15' }))).toContain('It deviated: 15 of the last 15.');
  });

  test('knows that a part of the false alarms is for recoveries', () => {
    expect(evidenceBound(reportOf({}))).toBeCloseTo(111.1, 1);
  });
});

describe('what a verdict means', () => {
  test('tells what did not hold from what did not come back', () => {
    const words = [
      meaningOf(reportOf({ recovery: 'late' })),
      meaningOf(reportOf({ recovery: 'late', detectedAfterMs: 1_000 })),
      meaningOf({ ...reportOf({ recovery: 'late' }), rehearsal: true }),
    ];
    expect(words[0]).toContain('did not come back');
    expect(words[1]).toContain('did not hold under the fault');
    expect(words[2]).toContain('there was no fault');
  });

  test('knows that earlier stages have injected something', () => {
    const stages = { reached: 2, planned: 2 };
    const unsteady = { ...reportOf({ is: 'not-steady' }, 'inconclusive'), stages };
    expect(meaningOf(unsteady)).toContain('before stage 2');
    expect(meaningOf({ ...reportOf({}, 'inconclusive'), stages })).toContain('too little evidence');
  });

  test('does not hide that what could not be undone has deviated', () => {
    const report = reportOf({}, 'undo-failed');
    const verdict = { ...report.verdict, deviated: 'probe page: all were bad' };
    expect(meaningOf({ ...report, verdict })).toContain('It also deviated: probe page: all were bad.');
    expect(meaningOf(report)).not.toContain('deviated');
  });
});
