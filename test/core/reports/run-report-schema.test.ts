import { describe, expect, test } from 'vitest';
import type { Decision } from '#core/model/decision.ts';
import type { Failure, FailureStage } from '#core/model/failure.ts';
import type { Recovered, Recovery } from '#core/model/recovery.ts';
import type { Trigger } from '#core/model/slot.ts';
import type { RunReport, Strike } from '#core/reports/run-report.ts';
import { parseReport } from '#core/reports/run-report-schema.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { aRecovered, aReport, aStrike, aVerification } from '../../support/a-report.ts';
import { aTarget } from '../../support/a-target.ts';

// Of type Required and Record, so that whatever the types gain has to be added here, and then to the schema.
const decision: Required<Decision> = {
  group: '222222222222/eu-west-1/asg/web',
  verdict: 'spare',
  reason: { code: 'too-few-healthy', text: 'one healthy instance of 2' },
  also: [{ code: 'group-degraded', text: 'one of 2 is healthy' }],
  probability: 1,
  drawn: 0.25,
  due: '2026-11-23T12:31:07.000Z',
};
const failure: Required<Failure> = {
  stage: 'claim',
  code: 'LedgerError',
  message: 'no',
  account: '222222222222',
  region: 'eu-west-1',
  group: '222222222222/eu-west-1/asg/web',
};
const recovered: Recovered & { readonly recovery: Required<Recovery> } = {
  group: '222222222222/eu-west-1/asg/web',
  target: aTarget(),
  runId: '20261123T080000Z-5d3e2f10',
  slot: '2026-11-23T08:00:00Z',
  struckAt: '2026-11-23T08:00:05.250Z',
  recovery: { outcome: 'recovered', at: '2026-11-23T09:00:03.120Z', tookMs: 1, exact: true, text: '2 of 2' },
};
const full: Required<RunReport> = {
  ...aReport(),
  leashedBecause: 'the configuration is leashed',
  groupsNotFound: ['wbe'],
  didYouMean: { wbe: 'web' },
  strikes: [aStrike()],
  recoveries: [recovered],
  failures: [failure],
  decisions: [decision],
  omitted: {
    decisions: 4,
    strikes: 3,
    recoveries: 2,
    failures: 1,
    text: 'Left out to fit: 3 of 4 decisions.',
  },
};
const stages: Record<FailureStage, true> = {
  control: true,
  'assume-role': true,
  survey: true,
  inspect: true,
  claim: true,
  verify: true,
  record: true,
  announce: true,
};
const triggers: Record<Trigger, true> = { schedule: true, invoke: true, api: true, cli: true };
const outcomes: Record<Strike['outcome'], true> = {
  succeeded: true,
  failed: true,
  unknown: true,
  leashed: true,
};
const ends: Record<Recovery['outcome'], true> = { recovered: true, 'not-recovered': true, gone: true };
const keysOf = <Key extends string>(record: Record<Key, true>) => Object.keys(record) as Key[];

const roundTrip = (report: RunReport) => parseReport(JSON.parse(JSON.stringify(report)), 'the answer');

describe('parseReport', () => {
  test('a report comes back from JSON as it was, with and without all that is optional', () => {
    expect(roundTrip(full)).toStrictEqual(full);
    expect(roundTrip(aReport())).toStrictEqual(aReport());
    expect(roundTrip(aVerification())).toStrictEqual(aVerification());
  });

  test.each(keysOf(stages))('a failure of stage %s comes back', (stage) => {
    const report = aReport({ failures: [{ ...failure, stage }] });
    expect(roundTrip(report)).toStrictEqual(report);
  });

  test.each(keysOf(triggers))('a run by the trigger %s comes back', (trigger) => {
    expect(roundTrip(aReport({ trigger })).trigger).toBe(trigger);
  });

  test.each(keysOf(outcomes))('a strike that %s comes back', (outcome) => {
    expect(roundTrip(aReport({ strikes: [aStrike({ outcome })] })).strikes[0]?.outcome).toBe(outcome);
  });

  test.each(keysOf(ends))('a recovery that ended %s comes back', (outcome) => {
    const report = aReport({ recoveries: [aRecovered({ recovery: { outcome } })] });
    expect(roundTrip(report)).toStrictEqual(report);
  });

  test('a report that was recorded before recoveries were measured has none', () => {
    const { task: _task, recoveries: _recoveries, ...rest } = full;
    const { unknown: _unknown, recovered: _recovered, notRecovered: _notRecovered, ...counts } = full.counts;
    const { recoveries: _left, ...omitted } = full.omitted;
    expect(parseReport({ ...rest, counts, omitted }, 'the ledger')).toStrictEqual({
      ...full,
      recoveries: [],
      counts: { ...full.counts, unknown: 0, recovered: 0, notRecovered: 0 },
      omitted: { ...full.omitted, recoveries: 0 },
    });
  });

  test('what is missing or wrong is named by its path; what a newer version wrote beside is passed over', () => {
    const { runId: _, ...rest } = aReport();
    const mistaken = { ...rest, counts: { ...rest.counts, groups: -1 }, extra: 1 };
    const error = (() => {
      try {
        return parseReport(mistaken, 'the answer');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(InvalidInput);
    const paths = error instanceof InvalidInput ? error.mistakes.map(({ path }) => path) : [];
    expect(paths.sort()).toEqual(['counts.groups', 'runId']);
  });

  test('one of a newer version is read as far as it is known here', () => {
    const report = aReport();
    const newer = { ...report, schemaVersion: 2, weather: 'fine', counts: { ...report.counts, clouds: 3 } };
    expect(parseReport(newer, 'the answer')).toEqual(report);
  });
});
