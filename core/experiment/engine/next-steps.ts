import type { Experiment } from '../../model/experiment.ts';
import type { ExperimentVerdict } from '../../reports/experiment-report.ts';
import { stageMethod } from './stage-method.ts';

/** What to do after a verdict, a sentence each. */
export function nextSteps(
  { is, probe }: ExperimentVerdict,
  {
    id,
    experiment,
    reached,
    rehearsal,
  }: {
    readonly id: string;
    readonly experiment: Experiment;
    readonly reached: number;
    readonly rehearsal: boolean;
  },
): readonly string[] {
  switch (is) {
    case 'survived':
      return rehearsal
        ? ['Nothing was injected, and nothing deviated: run it with its fault.']
        : [scaleUp(experiment, reached)];
    case 'deviated':
      return rehearsal
        ? [
            `Nothing was injected, so this is a false alarm: raise the tolerance of ${probe}, or find out why its bad samples come in bursts.`,
          ]
        : [
            `Fix what made ${probe} deviate, and run it again.`,
            `Write down what was learned: chaos experiment note ${id} "...". Until then it is not scaled up.`,
          ];
    case 'not-steady':
      return [`Nothing was injected. See to ${probe}, or to its tolerance, and run it again.`];
    case 'inconclusive':
      return ['Measure more often or for longer: chaos experiment validate says what would be noticed.'];
    case 'aborted':
      return ['What was injected was undone. Run it again once nothing is in the way.'];
    case 'failed':
      return ['What was injected was undone. Mend the reason, and run it again.'];
    case 'undo-failed':
      return [`The janitor goes on trying. Undo it now: chaos undo, or by hand with the commands below.`];
  }
}

function scaleUp(experiment: Experiment, reached: number): string {
  const wider = stageMethod(experiment, reached).flatMap(({ name, target: { select } }) => {
    if (select === 'all') return [];
    return 'count' in select
      ? [`${name} on ${select.count * 2} targets`]
      : select.percent < 100
        ? [`${name} on ${Math.min(100, select.percent * 2)} % of its targets`]
        : [];
  });
  return wider.length === 0 ? 'Scale up: a stronger fault, or for longer.' : `Scale up: ${wider.join(', ')}.`;
}
