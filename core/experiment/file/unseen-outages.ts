import type { Experiment } from '../../model/experiment.ts';
import { timeText } from '../../util/time.ts';
import { mostOutageSamples } from '../evidence/noticed-share.ts';
import type { FileWarning } from './file-warning.ts';
import type { Known } from './known.ts';
import { plannedEvidence } from './planned-evidence.ts';

/**
 * Judged probes that would notice not even an outage in some stage: they have too few samples once its faults are sure to show. Such a
 * file injects, and never comes to `survived`.
 */
export function unseenOutages(
  experiment: Experiment,
  known: Pick<Known, 'faults' | 'probes'>,
): readonly FileWarning[] {
  return experiment.steadyState.probes.flatMap((probe, index) => {
    const plan = plannedEvidence(probe, experiment, known);
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
