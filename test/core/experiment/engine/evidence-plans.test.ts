import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultPlan, recoveryPlan } from '#core/experiment/engine/evidence-plans.ts';
import { boundOf } from '#core/experiment/evidence/plan.ts';
import { anExperiment } from './an-experiment.ts';

test('all faults and all recoveries together use up the false alarms of the file, and no more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 10 }),
      fc.double({ min: 0.0001, max: 0.5, noNaN: true }),
      (probes, stages, falseAlarms) => {
        const { steadyState } = anExperiment();
        const judged = Array.from({ length: probes }, () => steadyState.probes).flat();
        const experiment = anExperiment({
          steadyState: { ...steadyState, falseAlarms, probes: judged },
          stages: Array.from({ length: stages }, () => ({})),
        });
        // Ville: each reaches its bound with at most this probability.
        const all = judged.reduce((sum, probe) => {
          const [fault, recovery] = [faultPlan, recoveryPlan].map(
            (plan) =>
              1 /
              boundOf(
                plan(
                  probe,
                  experiment,
                  () => 'events',
                  () => 0,
                ),
              ),
          );
          return sum + (fault ?? 0) + stages * (recovery ?? 0);
        }, 0);
        expect(all).toBeCloseTo(falseAlarms, 12);
      },
    ),
  );
});
