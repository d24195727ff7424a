import type { Experiment, JudgedProbe } from '../../model/experiment.ts';
import { showsAfterMs } from '../../model/shows-after.ts';
import { faultPlan } from '../engine/evidence-plans.ts';
import type { EvidencePlan } from '../evidence/plan.ts';
import type { Known } from './known.ts';

/** How a judged probe of a file will be judged under its faults, before anything has run. */
export function plannedEvidence(
  probe: JudgedProbe,
  experiment: Experiment,
  { faults, probes }: Pick<Known, 'faults' | 'probes'>,
): EvidencePlan {
  const measures = probes.find(({ type }) => type === probe.type)?.measures ?? 'events';
  return faultPlan(
    probe,
    experiment,
    () => measures,
    (fault) => showsAfterMs(fault, faults),
  );
}
