import type { ComparedRun, Comparison, ProbeUnderFault } from '#core/experiment/compare-reports.ts';
import { partText, tookText, valueText } from '#core/experiment/wording/numbers.ts';
import { verdictWords } from '#core/experiment/wording/verdict-words.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, paragraphs, type Section, styles, titled } from '../layout.ts';

/** Two runs side by side. */
export function comparisonText(comparison: Comparison, paint: Paint): string {
  const { runs, verdicts, probes } = comparison;
  const [before, after] = verdicts.map((is, index) => {
    const { word, tone } = verdictWords({ is });
    return `${paint(styles[tone], word)}${differenceText(runs[index])}`;
  });
  const [first, second] = runs;
  return paragraphs([
    columns(
      [
        ['before', line(first.id), `${before}`],
        ['after', line(second.id), `${after}`],
      ],
      '',
    ),
    first.title === second.title
      ? [line(first.title)]
      : [`before: ${line(first.title)}`, `after: ${line(second.title)}`],
    doubtLines(comparison),
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

/** What was not as in a run of the file as it is. */
function differenceText({ rehearsal, ranWith }: Partial<ComparedRun> = {}): string {
  const all = [...(rehearsal ? ['rehearsal'] : []), ...(ranWith === undefined ? [] : [line(ranWith)])];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

/** Why they may differ, besides what was to be compared. */
function doubtLines({ runs: [before, after], isSameFile }: Comparison): Section {
  const isSame = before.title === after.title;
  return [
    ...(isSame ? [] : ['These are different experiments.']),
    ...(isSame && !isSameFile ? ['They ran different versions of the file.'] : []),
    ...(before.rehearsal === after.rehearsal ? [] : ['One is a rehearsal: no fault was injected in it.']),
    ...(before.ranWith === after.ranWith ? [] : ['They did not run with the same options.']),
  ];
}

function textOf(
  run: ProbeUnderFault | undefined,
  text: (run: ProbeUnderFault) => string | number | undefined,
): string {
  return `${(run && text(run)) ?? '-'}`;
}
