import { describe, expect, test } from 'vitest';
import { type Findings, makeReport } from '#core/run/make-report.ts';
import { aBroken, aDecision, aFailure, aGone, aRecovered, aStrike } from '../../support/a-report.ts';

const run = { runId: 'r', trigger: 'invoke', slot: { id: '2026-11-23T09:00:00Z', at: 0 } } as const;
const [startedAt, endedAt] = ['2026-11-23T09:00:03.120Z', '2026-11-23T09:00:15.465Z'].map(Date.parse) as [
  number,
  number,
];

function reportOf(found: Partial<Findings>, leash: Parameters<typeof makeReport>[2] = { mode: 'live' }) {
  const findings: Findings = {
    accounts: 1,
    regionsSurveyed: 1,
    groupsNotFound: [],
    decisions: [],
    strikes: [],
    recoveries: [],
    failures: [],
    ...found,
  };
  return makeReport(run, 'run', leash, { verdicts: [], closed: false }, findings, { startedAt, endedAt });
}

describe('makeReport', () => {
  test('says when the run began and how long it took', () => {
    expect(reportOf({})).toMatchObject({ startedAt: '2026-11-23T09:00:03.120Z', durationMs: 12_345 });
  });

  test('says why a run was leashed, and nothing of it where it was live', () => {
    expect(reportOf({}, { mode: 'leashed', because: 'of the sale' })).toMatchObject({
      mode: 'leashed',
      leashedBecause: 'of the sale',
    });
    expect(reportOf({})).not.toHaveProperty('leashedBecause');
  });

  test('counts what came of strikes, what came of groups, and reasons', () => {
    const decisions = ['not-drawn', 'stale', 'not-drawn'].map((code) =>
      aDecision({ reason: { code, text: '' } }),
    );
    const outcomes = ['succeeded', 'succeeded', 'succeeded', 'failed', 'failed', 'unknown'] as const;
    const report = reportOf({
      decisions: [...decisions, aDecision({ verdict: 'strike' })],
      strikes: outcomes.map((outcome) => aStrike({ outcome })),
      recoveries: [aRecovered(), aBroken(), aGone(), aRecovered(), aRecovered(), aBroken()],
      failures: [aFailure()],
    });
    expect(report.counts).toEqual({
      accounts: 1,
      regionsSurveyed: 1,
      groups: 4,
      succeeded: 3,
      failed: 2,
      unknown: 1,
      leashed: 0,
      recovered: 3,
      notRecovered: 2,
      failures: 1,
      spared: { 'not-drawn': 2, stale: 1 },
    });
  });

  test.each([
    [
      ['web', 'api', 'db'],
      ['api', 'db', 'web'],
    ],
    [
      ['api', 'db', 'web'],
      ['api', 'db', 'web'],
    ],
    [
      ['db', 'web', 'api'],
      ['api', 'db', 'web'],
    ],
  ])('tells %j by group: %j', (seen, told) => {
    const { strikes, decisions, recoveries } = reportOf({
      strikes: seen.map((group) => aStrike({ group })),
      decisions: seen.map((group) => aDecision({ group })),
      recoveries: seen.map((group) => aRecovered({ group })),
    });
    for (const list of [strikes, decisions, recoveries]) {
      expect(list.map(({ group }) => group)).toEqual(told);
    }
  });

  test('leaves what is about one group in the order in which it came', () => {
    const runs = ['first', 'second', 'third'];
    const { recoveries } = reportOf({ recoveries: runs.map((runId) => aRecovered({ runId })) });
    expect(recoveries.map(({ runId }) => runId)).toEqual(runs);
  });
});
