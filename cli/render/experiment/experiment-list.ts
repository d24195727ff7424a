import { tookText } from '#core/experiment/wording/numbers.ts';
import { verdictWords } from '#core/experiment/wording/verdict-words.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, styles } from '../layout.ts';

/** One line each: verdict, how long recovery took, question. */
export function experimentListText(reports: readonly ExperimentReport[], paint: Paint): string {
  if (reports.length === 0) return 'No experiment has run here yet.';
  return columns(
    reports.map((report) => {
      const { word, tone } = verdictWords(report.verdict);
      const took = recoveryMs(report);
      return [
        report.id,
        paint(styles[tone], report.rehearsal ? `${word} (rehearsal)` : word),
        took === undefined ? '' : `recovered ${took === 0 ? 'at once' : `after ${tookText(took)}`}`,
        line(report.title),
      ];
    }),
    '',
  ).join('\n');
}

/** Of the probe that took longest. */
function recoveryMs({ probes }: ExperimentReport): number | undefined {
  const times = probes.flatMap(({ recoveredAfterMs }) => recoveredAfterMs ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}
