import type { MethodStep } from '../../model/experiment.ts';
import { faultText } from '../../model/fault-text.ts';
import { type ExperimentNotice, noticeHead } from '../../reports/experiment-notice.ts';
import { maxText, oneLine } from '../../util/format.ts';
import type { ExperimentRun } from '../engine/experiment-run.ts';
import { stageMethod } from '../engine/stage-method.ts';
import { selectText, stepText } from '../wording/method-words.ts';
import { tookText } from '../wording/numbers.ts';
import { noticedHypothesis } from './noticed-hypothesis.ts';

const maxChange = 100;
/** Of one step. A ramp may have more stages, of which nobody wants to read. */
const mostChanges = 10;

/** Of a run that begins to measure at this moment, epoch ms. */
export function soonNotice(run: ExperimentRun, at: number): ExperimentNotice {
  const { experiment, startedBy } = run;
  const { steadyState, hypothesis, stages } = experiment;
  const later = stages
    .map((_, before) => ({ stage: before + 1, method: stageMethod(experiment, before + 1) }))
    .slice(1, 1 + mostChanges);
  return {
    is: 'soon',
    ...noticeHead({ ...run, ...experiment }),
    at: new Date(at + steadyState.baselineMs).toISOString(),
    strikes: [],
    hypothesis: noticedHypothesis(hypothesis),
    startedBy: oneLine(startedBy, maxText),
    stages: { reached: 0, planned: stages.length },
    steps: stageMethod(experiment, 1).map((step, index) => ({
      name: step.name,
      text: oneLine(stepText(step), maxText),
      changes: later.flatMap(({ stage, method }) => {
        const text = changeText(step, method[index] ?? step);
        return text === '' ? [] : [oneLine(`stage ${stage}: ${text}`, maxChange)];
      }),
    })),
  };
}

const changeable: readonly ((step: MethodStep) => string)[] = [
  ({ fault }) => faultText(fault),
  ({ target }) => selectText(target.select),
  ({ holdMs }) => `for ${tookText(holdMs)}`,
];

/** What a stage says otherwise than the first one; empty if nothing. */
function changeText(first: MethodStep, step: MethodStep): string {
  return changeable
    .map((textOf) => [textOf(first), textOf(step)])
    .flatMap(([before, now = '']) => (now === before ? [] : [now]))
    .join(', ');
}
