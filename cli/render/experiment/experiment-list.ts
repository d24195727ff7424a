import { tookText } from '#core/experiment/wording/numbers.ts';
import { verdictWords } from '#core/experiment/wording/verdict-words.ts';
import type { ListedExperiment } from '../../experiments/list-experiments.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, styles } from '../layout.ts';

/** One line each: verdict, how long recovery took, who, question. */
export function experimentListText(experiments: readonly ListedExperiment[], paint: Paint): string {
  if (experiments.length === 0) return 'No experiment has run yet.';
  const isAnyDeployed = experiments.some(({ ran }) => ran === 'deployed');
  return columns(
    experiments.map((one) => [
      line(one.id),
      ...(isAnyDeployed ? [one.ran === 'here' ? 'on this machine' : 'in AWS'] : []),
      verdictText(one, paint),
      recoveryText(one),
      whoText(one.startedBy),
      one.ranWith === undefined ? line(one.title) : `${line(one.title)} (${line(one.ranWith)})`,
    ]),
    '',
  ).join('\n');
}

function verdictText({ ended, rehearsal }: ListedExperiment, paint: Paint): string {
  const { word, tone } =
    ended === null || ended === undefined
      ? ({ word: 'Running', tone: 'info' } as const)
      : verdictWords({ is: ended.verdict });
  return paint(styles[tone], rehearsal ? `${word} (rehearsal)` : word);
}

/** Of the probe that took longest. */
function recoveryText({ ended }: ListedExperiment): string {
  const took = ended?.recoveredAfterMs;
  return took === undefined ? '' : `recovered ${took === 0 ? 'at once' : `after ${tookText(took)}`}`;
}

/** The name in an ARN: the rest of it is the same in all lines. */
export function whoText(startedBy: string): string {
  return `by ${line(startedBy.split('/').at(-1) ?? startedBy)}`;
}
