import type { Experiment } from '../../model/experiment.ts';
import type { FaultRegistry } from '../../model/fault.ts';
import { showsAfterMs } from '../../model/shows-after.ts';
import type { Probe } from '../../ports/probe.ts';
import { timeText } from '../../util/time.ts';
import { faultPlan } from '../engine/evidence-plans.ts';
import { mostOutageSamples } from '../evidence/noticed-share.ts';
import type { FileWarning } from './file-warning.ts';

/**
 * Judged probes that would notice not even an outage in some stage: they have too few samples once its faults are sure to show. Such a
 * file injects, and never comes to `survived`.
 */
export function unseenOutages(
  experiment: Experiment,
  faults: FaultRegistry,
  known: readonly Probe[],
): readonly FileWarning[] {
  return experiment.steadyState.probes.flatMap((probe, index) => {
    const measures = known.find(({ type }) => type === probe.type)?.measures ?? 'events';
    const plan = faultPlan(
      probe,
      experiment,
      () => measures,
      (fault) => showsAfterMs(fault, faults),
    );
    const least = mostOutageSamples(plan);
    const stage = plan.ofStages.findIndex(({ shown }) => shown < least);
    const { shown = 0, hidden = 0 } = plan.ofStages[stage] ?? {};
    if (stage < 0) return [];
    const where = plan.stages === 1 ? '' : `in stage ${stage + 1}, `;
    const longer = timeText(Math.ceil(((least - shown) * probe.everyMs) / 1_000) * 1_000);
    const text = `${where}it is measured ${shown} times once the faults are sure to show${
      hidden === 0 ? '' : ` on AWS, after ${timeText(hidden * probe.everyMs)}`
    }, and takes ${least} to notice even an outage: nothing can be survived. Hold them for ${longer} more, or measure more often`;
    return [{ path: ['steadyState', 'probes', index], text }];
  });
}
