import type { EvidencePlan } from '#core/experiment/evidence/plan.ts';

/** At most 5 % of 5 samples a second, for a minute; equal stages, whose faults show at once. */
export function aPlan(overrides: Partial<EvidencePlan> = {}): EvidencePlan {
  const { samples = 300, stages = 1 } = overrides;
  return {
    tolerance: { bad: 0.05 },
    measures: 'events',
    everyMs: 200,
    samples,
    stages,
    ofStages: Array.from({ length: stages }, () => ({ hidden: 0, shown: Math.floor(samples / stages) })),
    falseAlarms: 0.01,
    probes: 1,
    ...overrides,
  };
}
