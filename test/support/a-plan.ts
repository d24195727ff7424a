import type { Plan, PlannedDay, PlannedStrike } from '#core/reports/plan.ts';

/** The plan of a Monday in Berlin, with one strike. */
export function aPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    schemaVersion: 2,
    madeAt: '2026-11-23T08:00:03.120Z',
    mode: 'live',
    from: '2026-11-23',
    to: '2026-11-23',
    timeZone: 'Europe/Berlin',
    days: [aDay()],
    leftOut: [],
    failures: [],
    ...overrides,
  };
}

export function aDay(overrides: Partial<PlannedDay> = {}): PlannedDay {
  return { day: '2026-11-23', off: undefined, strikes: [aPlanned()], ...overrides };
}

export function aPlanned(overrides: Partial<PlannedStrike> = {}): PlannedStrike {
  return {
    group: '222222222222/eu-west-1/asg/web',
    fault: 'ec2-terminate',
    slot: '2026-11-23T13:00:00Z',
    due: '2026-11-23T12:31:07.000Z',
    targetId: 'i-0a1b2c3d4e5f60718',
    dependsOn: [],
    ...overrides,
  };
}
