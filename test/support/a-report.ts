import type { Decision } from '#core/model/decision.ts';
import type { Failure } from '#core/model/failure.ts';
import type { Recovered, Recovery } from '#core/model/recovery.ts';
import type { Counts, RunReport, Strike } from '#core/reports/run-report.ts';
import { aTarget } from './a-target.ts';

/** A live run that saw three groups and left them alone; counts follow from the lists unless given. */
export function aReport(
  overrides: Partial<Omit<RunReport, 'counts'>> & { readonly counts?: Partial<Counts> } = {},
): RunReport {
  const { counts, ...rest } = overrides;
  const strikes = rest.strikes ?? [];
  const recoveries = rest.recoveries ?? [];
  const ended = (outcome: Recovery['outcome']) =>
    recoveries.filter(({ recovery }) => recovery.outcome === outcome).length;
  const made = (outcome: Strike['outcome']) => strikes.filter((strike) => strike.outcome === outcome).length;
  return {
    schemaVersion: 2,
    task: 'run',
    runId: '20261123T090000Z-3f9a1c2b',
    trigger: 'schedule',
    slot: '2026-11-23T09:00:00Z',
    mode: 'live',
    outcome: 'done',
    startedAt: '2026-11-23T09:00:03.120Z',
    durationMs: 12_345,
    gates: [
      { gate: 'stop', open: true, text: 'no stop is set' },
      { gate: 'schedule', open: true, text: 'inside the window mon, tue 09:00-16:00 Europe/Berlin' },
    ],
    groupsNotFound: [],
    strikes: [],
    recoveries: [],
    failures: [],
    decisions: [],
    ...rest,
    counts: {
      accounts: 3,
      regionsSurveyed: 5,
      groups: 3,
      succeeded: made('succeeded'),
      failed: made('failed'),
      unknown: made('unknown'),
      leashed: made('leashed'),
      recovered: ended('recovered'),
      notRecovered: ended('not-recovered'),
      failures: rest.failures?.length ?? 0,
      spared: { 'not-drawn': 2, 'too-few-healthy': 1 },
      ...counts,
    },
  };
}

export function aStrike(overrides: Partial<Strike> = {}): Strike {
  const { group = '222222222222/eu-west-1/asg/web' } = overrides;
  return {
    group,
    target: aTarget({ group }),
    fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
    outcome: 'succeeded',
    detail: 'running -> shutting-down',
    ...overrides,
  };
}

/** A look after earlier strikes: nothing was surveyed. */
export function aVerification(overrides: Parameters<typeof aReport>[0] = {}): RunReport {
  return aReport({
    task: 'verify',
    slot: 'adhoc/0c8a1f3e-3f0c-4f9e-8b57-2f6a8b1c9d10',
    gates: [],
    ...overrides,
    counts: { accounts: 0, regionsSurveyed: 0, groups: 0, spared: {}, ...overrides.counts },
  });
}

/** A group that got over its strike. */
export function aRecovered(
  overrides: Partial<Omit<Recovered, 'recovery'>> & { readonly recovery?: Partial<Recovery> } = {},
): Recovered {
  const { recovery, ...rest } = overrides;
  const { group = '222222222222/eu-west-1/asg/web' } = rest;
  return {
    group,
    target: aTarget({ group }),
    runId: '20261123T080000Z-5d3e2f10',
    slot: '2026-11-23T08:00:00Z',
    struckAt: '2026-11-23T08:00:05.250Z',
    ...rest,
    recovery: {
      outcome: 'recovered',
      at: '2026-11-23T09:00:03.120Z',
      tookMs: 192_000,
      exact: true,
      text: '2 of 2 desired are healthy',
      ...recovery,
    },
  };
}

/** A group that did not. */
export function aBroken(overrides: Partial<Omit<Recovered, 'recovery'>> = {}): Recovered {
  return {
    ...aRecovered(overrides),
    recovery: {
      outcome: 'not-recovered',
      at: '2026-11-23T09:00:03.120Z',
      text: '1 of 2 desired are healthy, 59 minutes after i-0a1b2c3d4e5f60718 was struck by run 20261123T080000Z-5d3e2f10',
    },
  };
}

/** A group that somebody took away meanwhile. */
export function aGone(overrides: Partial<Omit<Recovered, 'recovery'>> = {}): Recovered {
  return {
    ...aRecovered(overrides),
    recovery: { outcome: 'gone', at: '2026-11-23T09:00:03.120Z', text: 'the group no longer exists' },
  };
}

export function aFailure(overrides: Partial<Failure> = {}): Failure {
  return {
    stage: 'assume-role',
    code: 'AccessDenied',
    message:
      'User: arn:aws:sts::111111111111:assumed-role/chaos-monkey/chaos_monkey is not authorized to perform: sts:AssumeRole',
    account: '333333333333',
    ...overrides,
  };
}

export function aDecision(overrides: Partial<Decision> = {}): Decision {
  return {
    group: '222222222222/eu-west-1/asg/web',
    verdict: 'spare',
    reason: { code: 'not-drawn', text: 'drew 0.5341, a strike is below 0.1667' },
    probability: 1 / 6,
    drawn: 0.5341,
    ...overrides,
  };
}
