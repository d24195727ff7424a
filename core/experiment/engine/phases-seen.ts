import type { ExperimentPhase } from '../../reports/experiment-report.ts';
import type { Chronicle, ProbeChronicle } from './chronicle.ts';

/** What a report shows of a probe's phases: faults that come and go in a moment have none of its samples. */
export function isShown({ is, tally }: ProbeChronicle['phases'][number]): boolean {
  const isPassing = is === 'injecting' || is === 'undoing';
  return !isPassing || tally.good + tally.bad + tally.unmeasured > 0;
}

/** The phases, those that no probe shows as part of the one before. */
export function phasesSeen({ phases, probes }: Chronicle): ExperimentPhase[] {
  const seen: ExperimentPhase[] = [];
  for (const [index, phase] of phases.entries()) {
    const before = seen.at(-1);
    const isSeen = [...probes.values()].some((probe) => {
      const own = probe.phases[index];
      return own !== undefined && isShown(own);
    });
    if (isSeen || before === undefined) seen.push(phase);
    else seen[seen.length - 1] = { ...before, to: phase.to };
  }
  return seen;
}
