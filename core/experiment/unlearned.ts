import type { Experiment } from '../model/experiment.ts';
import type { ExperimentReport } from '../reports/experiment-report.ts';

/** As many of the last runs as may hold one back. */
export const mostSearched = 200;

type PastRun = Pick<ExperimentReport, 'id' | 'title' | 'rehearsal' | 'notes'> & {
  readonly verdict: Pick<ExperimentReport['verdict'], 'is'>;
};

/**
 * The run for which an experiment with a ramp must wait: its last one deviated, and nobody has written down what was learned. A run is
 * of the same experiment if it has its title, as files change with what is learned: whoever gives it another title has another experiment,
 * as this reminds people and locks nothing. `past`: newest first.
 */
export function unlearnedRun(
  { title, stages }: Pick<Experiment, 'title' | 'stages'>,
  past: readonly PastRun[],
): string | undefined {
  const last = past.find((run) => run.title === title && !run.rehearsal);
  const isHeld = stages.length > 1 && last?.verdict.is === 'deviated' && last.notes.length === 0;
  return isHeld ? last.id : undefined;
}
