import type { EvidencePlan } from '#core/experiment/evidence/plan.ts';

/** At most 5 % of 5 samples a second, for a minute. */
export function aPlan(overrides: Partial<EvidencePlan> = {}): EvidencePlan {
  return {
    tolerance: { bad: 0.05 },
    measures: 'events',
    everyMs: 200,
    samples: 300,
    stages: 1,
    falseAlarms: 0.01,
    probes: 1,
    ...overrides,
  };
}
