import type { Experiment } from '../model/experiment.ts';
import type { ExperimentReport } from '../reports/experiment-report.ts';

/** As many of the last runs as may hold one back. */
export const mostSearched = 200;

type PastRun = Pick<ExperimentReport, 'id' | 'title' | 'rehearsal' | 'notes'> & {
  readonly hasDeviated: boolean;
};

/** Also where it could not be undone, which its verdict says first. */
export function hasDeviated({ is, deviated }: Pick<ExperimentReport['verdict'], 'is' | 'deviated'>): boolean {
  return is === 'deviated' || deviated !== undefined;
}

/**
 * The run for which an experiment with a ramp must wait: the last one that deviated, if nobody has written down what was learned. Only a
 * note on that run ends the wait: what came out of others since teaches nobody why it deviated. A run is of the same experiment if it has
 * its title, as files change with what is learned: whoever gives it another title has another experiment, as this reminds people and
 * locks nothing. `past`: newest first.
 */
export function unlearnedRun(
  { title, stages }: Pick<Experiment, 'title' | 'stages'>,
  past: readonly PastRun[],
): string | undefined {
  if (stages.length === 1) return undefined;
  const last = past.find((run) => run.title === title && !run.rehearsal && run.hasDeviated);
  return last?.notes.length === 0 ? last.id : undefined;
}
