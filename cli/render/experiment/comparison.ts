import type { Comparison, ProbeUnderFault } from '#core/experiment/compare-reports.ts';
import { partText, tookText, valueText } from '#core/experiment/wording/numbers.ts';
import { verdictWords } from '#core/experiment/wording/verdict-words.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, paragraphs, styles, titled } from '../layout.ts';

/** Two runs side by side. */
export function comparisonText({ verdicts, probes }: Comparison, paint: Paint): string {
  const [before, after] = verdicts.map((is) => {
    const { word, tone } = verdictWords({ is });
    return paint(styles[tone], word);
  });
  return paragraphs([
    [`${before} -> ${after}`],
    ...probes.map(({ name, unit, runs }) =>
      titled(
        paint('bold', line(name)),
        columns(
          [
            [
              'bad under the fault',
              ...runs.map((run) => textOf(run, ({ bad, measured }) => partText(bad, measured))),
            ],
            ['median', ...runs.map((run) => textOf(run, ({ p50 }) => p50 && valueText(p50, unit)))],
            ['95 in 100 below', ...runs.map((run) => textOf(run, ({ p95 }) => p95 && valueText(p95, unit)))],
            [
              'recovered after',
              ...runs.map((run) => textOf(run, ({ recoveredAfterMs: ms }) => ms && tookText(ms))),
            ],
          ],
          '  ',
        ),
      ),
    ),
  ]);
}

function textOf(
  run: ProbeUnderFault | undefined,
  text: (run: ProbeUnderFault) => string | number | undefined,
): string {
  return `${(run && text(run)) ?? '-'}`;
}
