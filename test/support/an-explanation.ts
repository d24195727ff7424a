import type { ExplainedGuard, Explanation } from '#core/reports/explanation.ts';

/** Of a group that nothing stands against, in the middle of the window. */
export function anExplanation(overrides: Partial<Explanation> = {}): Explanation {
  return {
    schemaVersion: 2,
    group: '222222222222/eu-west-1/asg/web',
    at: '2026-11-23T10:15:00.000Z',
    day: '2026-11-23',
    timeZone: 'Europe/Berlin',
    gates: [{ gate: 'stop', open: true, text: 'no stop is set' }],
    leashed: false,
    rate: '1 in each slot',
    draws: [{ slot: '2026-11-23T10:00:00Z', strikes: true, text: 'drew 0.1, a strike is below 1' }],
    guards: [
      aGuardVerdict(),
      aGuardVerdict({ code: 'instance-standby', targetId: 'i-a' }),
      aGuardVerdict({ code: 'instance-standby', targetId: 'i-b' }),
    ],
    budgets: [{ text: '1 unverified strike at a time for group web', used: 0, max: 1 }],
    strikes: [],
    failures: [],
    elsewhere: [],
    ...overrides,
  };
}

export function aGuardVerdict(overrides: Partial<ExplainedGuard> = {}): ExplainedGuard {
  return { code: 'cooldown', passes: true, saw: 'never struck', ...overrides };
}
