import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { journalLogger, powertoolsJournal } from '#aws/journal.ts';
import {
  aBroken,
  aDecision,
  aFailure,
  aGone,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../support/a-report.ts';

const run = { runId: '20261123T090000Z-3f9a1c2b', deadline: 1, surveyBy: 1 };
const slot = { id: '2026-11-23T09:00:00Z', at: 0 };

describe('powertoolsJournal', () => {
  let printed = '';
  beforeEach(() => {
    printed = '';
    const keep = (chunk: string | Uint8Array) => {
      printed += chunk;
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(keep);
    vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  const lines = () =>
    printed
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Record<string, unknown> => JSON.parse(line));
  const metrics = () => lines().filter((line) => '_aws' in line);
  const journal = () =>
    powertoolsJournal({
      logger: journalLogger('chaos_monkey'),
      metrics: new Metrics({ namespace: 'ChaosMonkey', serviceName: 'chaos_monkey' }),
    });

  test('a line contains nothing that a console would act on', () => {
    const { decided, failed } = journal();
    const text = '\u001b[2J\u009b31m\u202e\u2028\n';
    decided(aDecision({ group: `web${text}`, reason: { code: `code${text}`, text } }));
    failed(aFailure({ message: text }));
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(lines()).toHaveLength(2);
  });

  test('a decision is one line with group, verdict, reason and draw', () => {
    const { begun, decided } = journal();
    begun(run, slot, 'run');
    decided(aDecision({ also: [{ code: 'group-degraded', text: '1 of 2' }] }));
    expect(lines()).toHaveLength(2);
    expect(lines()[1]).toMatchObject({
      level: 'INFO',
      message: 'decision',
      service: 'chaos_monkey',
      runId: run.runId,
      slot: slot.id,
      group: '222222222222/eu-west-1/asg/web',
      verdict: 'spare',
      reason: 'not-drawn',
      text: 'drew 0.5341, a strike is below 0.1667',
      also: [{ code: 'group-degraded', text: '1 of 2' }],
      probability: 1 / 6,
      drawn: 0.5341,
    });
  });

  test('a failure is a warning with its place and cause', () => {
    const { begun, failed } = journal();
    begun(run, slot, 'run');
    failed(aFailure({ region: 'eu-west-1' }));
    expect(lines()[1]).toMatchObject({
      level: 'WARN',
      message: 'failure',
      runId: run.runId,
      stage: 'assume-role',
      code: 'AccessDenied',
      text: aFailure().message,
      account: '333333333333',
      region: 'eu-west-1',
    });
  });

  test('logs each strike as it is made, one that failed as a warning, and at the end the run with its counts', () => {
    const { begun, struck: logStrike, ended } = journal();
    begun(run, slot, 'run');
    const strikes = [aStrike(), aStrike({ outcome: 'failed', detail: 'Throttling' })];
    for (const strike of strikes) logStrike(strike);
    expect(lines()).toHaveLength(3);
    const report = aReport({ strikes });
    ended(report);
    const [, struck, failed, end] = lines();
    expect(struck).toMatchObject({
      level: 'INFO',
      message: 'strike',
      runId: run.runId,
      target: { id: 'i-0a1b2c3d4e5f60718', facts: { zone: 'eu-west-1a' } },
      fault: 'ec2-terminate',
      parameters: { via: 'ec2' },
      outcome: 'succeeded',
      detail: 'running -> shutting-down',
    });
    expect(failed).toMatchObject({
      level: 'WARN',
      message: 'strike',
      outcome: 'failed',
      detail: 'Throttling',
    });
    expect(end).toMatchObject({
      level: 'INFO',
      message: 'run ended',
      runId: run.runId,
      mode: 'live',
      outcome: 'done',
      counts: report.counts,
      gates: report.gates,
    });
  });

  test('a strike with an unknown outcome is a warning', () => {
    const { begun, struck } = journal();
    begun(run, slot, 'run');
    struck(aStrike({ outcome: 'unknown', detail: 'TimeoutError: no answer' }));
    expect(lines()[1]).toMatchObject({ level: 'WARN', message: 'strike', outcome: 'unknown' });
  });

  test('a recovery is one line of the run that saw it, and names the run that struck', () => {
    const { begun, verified } = journal();
    begun(run, slot, 'run');
    verified(aRecovered());
    expect(lines()[1]).toMatchObject({
      level: 'INFO',
      message: 'recovery',
      runId: run.runId,
      slot: slot.id,
      group: '222222222222/eu-west-1/asg/web',
      target: { id: 'i-0a1b2c3d4e5f60718' },
      outcome: 'recovered',
      tookMs: 192_000,
      exact: true,
      text: '2 of 2 desired are healthy',
      at: '2026-11-23T09:00:03.120Z',
      struckAt: '2026-11-23T08:00:05.250Z',
      struckBy: '20261123T080000Z-5d3e2f10',
      struckIn: '2026-11-23T08:00:00Z',
    });
  });

  test('a group that did not recover is a warning', () => {
    const { begun, verified } = journal();
    begun(run, slot, 'run');
    verified(aBroken());
    verified(aGone());
    expect(
      lines()
        .filter(({ level }) => level !== undefined)
        .map(({ level, outcome }) => [level, outcome]),
    ).toEqual([
      ['INFO', undefined],
      ['WARN', 'not-recovered'],
      ['INFO', 'gone'],
    ]);
  });

  test('a verification that finds nothing leaves no line and no metric, which is billed by the hour', () => {
    const { begun, ended } = journal();
    begun(run, slot, 'verify');
    ended(aVerification());
    expect(printed).toBe('');
  });

  test('sends no metrics unless it has the means', () => {
    const { begun, ended } = powertoolsJournal({
      logger: journalLogger('chaos_monkey'),
      metrics: undefined,
    });
    begun(run, slot, 'run');
    ended(aReport({ strikes: [aStrike()], recoveries: [aRecovered(), aBroken()] }));
    expect(metrics()).toEqual([]);
    expect(lines().map(({ message }) => message)).toEqual(['run begun', 'run ended']);
  });

  test('a verification that finds something logs it at its end, and publishes how long recoveries took', () => {
    const { begun, ended } = journal();
    begun(run, slot, 'verify');
    const recoveries = [
      aRecovered(),
      aBroken(),
      aGone(),
      aRecovered({ recovery: { tookMs: 1_500_250, exact: false } }),
    ];
    ended(aVerification({ recoveries }));
    const [end, ...more] = lines();
    expect(end).toMatchObject({
      level: 'INFO',
      message: 'verification ended',
      runId: run.runId,
      trigger: 'schedule',
      durationMs: 12_345,
      counts: { recovered: 2, notRecovered: 1, failures: 0 },
    });
    expect(more).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'ChaosMonkey',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'GroupsNotRecovered', Unit: 'Count' },
                { Name: 'RecoverySeconds', Unit: 'Seconds' },
              ],
            },
          ],
        },
        service: 'chaos_monkey',
        GroupsNotRecovered: 1,
        RecoverySeconds: [192, 1_500.25],
      },
    ]);
  });

  test('a verification that only failed logs it too', () => {
    const { begun, ended } = journal();
    begun(run, slot, 'verify');
    ended(aVerification({ failures: [aFailure({ stage: 'verify' })] }));
    expect(lines()[0]).toMatchObject({ message: 'verification ended', counts: { failures: 1 } });
  });

  test('all recoveries are published, even if they exceed what one metric holds', () => {
    const { begun, ended } = journal();
    begun(run, slot, 'run');
    ended(aReport({ recoveries: Array.from({ length: 250 }, () => aRecovered()) }));
    expect(metrics().flatMap(({ RecoverySeconds }) => RecoverySeconds)).toHaveLength(250);
    expect(metrics().flatMap(({ GroupsNotRecovered = [] }) => GroupsNotRecovered)).toEqual([0]);
  });

  test('the numbers are published once, at the end, with the service as the only dimension', () => {
    const { begun, decided, ended } = journal();
    begun(run, slot, 'run');
    decided(aDecision());
    const strikes = [
      aStrike(),
      aStrike(),
      aStrike({ outcome: 'failed' }),
      ...Array.from({ length: 4 }, () => aStrike({ outcome: 'leashed' })),
      ...Array.from({ length: 7 }, () => aStrike({ outcome: 'unknown' })),
    ];
    ended(
      aReport({
        strikes,
        recoveries: [aBroken()],
        failures: Array.from({ length: 5 }, () => aFailure()),
        counts: { groups: 60 },
      }),
    );
    expect(metrics()).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'ChaosMonkey',
              Dimensions: [['service']],
              Metrics: [
                'StrikesSucceeded',
                'StrikesFailed',
                'WouldStrike',
                'Failures',
                'GroupsSurveyed',
                'GroupsNotRecovered',
              ].map((Name) => ({ Name, Unit: 'Count' })),
            },
          ],
        },
        service: 'chaos_monkey',
        StrikesSucceeded: 2,
        StrikesFailed: 1,
        WouldStrike: 4,
        Failures: 5,
        GroupsSurveyed: 60,
        GroupsNotRecovered: 1,
      },
    ]);
  });

  test('a second run in the same container has its own name and its own numbers', () => {
    const { begun, decided, ended } = journal();
    begun(run, slot, 'run');
    ended(aReport({ strikes: [aStrike()] }));
    printed = '';
    begun({ ...run, runId: 'second' }, { id: '2026-11-23T10:00:00Z', at: 0 }, 'run');
    decided(aDecision());
    ended(aReport());
    expect(printed).not.toContain(run.runId);
    expect(lines()[1]).toMatchObject({ runId: 'second', slot: '2026-11-23T10:00:00Z' });
    expect(lines().at(-1)).toMatchObject({ StrikesSucceeded: 0 });
  });

  test('POWERTOOLS_LOG_LEVEL=WARN leaves failures and the metrics', () => {
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'WARN');
    const { begun, decided, failed, ended } = journal();
    begun(run, slot, 'run');
    decided(aDecision());
    failed(aFailure());
    ended(aReport());
    expect(lines().map(({ message, StrikesSucceeded }) => message ?? StrikesSucceeded)).toEqual([
      'failure',
      0,
    ]);
  });
});
