import type { Counts, Decision, Failure, RunReport, Strike } from '#core/report.ts';

/** A live run that saw three groups and left them alone; counts follow from the lists unless given. */
export function aReport(
  overrides: Partial<Omit<RunReport, 'counts'>> & { readonly counts?: Partial<Counts> } = {},
): RunReport {
  const { counts, ...rest } = overrides;
  const strikes = rest.strikes ?? [];
  const made = (outcome: Strike['outcome']) => strikes.filter((strike) => strike.outcome === outcome).length;
  return {
    schemaVersion: 1,
    runId: '20261123T090000Z-3f9a1c2b',
    door: 'schedule',
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
    failures: [],
    decisions: [],
    ...rest,
    counts: {
      accounts: 3,
      regionsSurveyed: 5,
      groups: 3,
      succeeded: made('succeeded'),
      failed: made('failed'),
      leashed: made('leashed'),
      failures: rest.failures?.length ?? 0,
      spared: { 'not-drawn': 2, 'too-few-healthy': 1 },
      ...counts,
    },
  };
}

export function aStrike(overrides: Partial<Strike> = {}): Strike {
  return {
    group: '222222222222/eu-west-1/asg/web',
    account: '222222222222',
    region: 'eu-west-1',
    instanceId: 'i-0a1b2c3d4e5f60718',
    zone: 'eu-west-1a',
    fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
    outcome: 'succeeded',
    detail: 'running -> shutting-down',
    ...overrides,
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
