import { findingsOf, stateWords, troubleText } from '#core/experiment/wording/probe-words.ts';
import type { ProbeResult } from '#core/reports/experiment-report.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, maxListed, more, type Section, styles } from '../layout.ts';
import { commonestCause } from './commonest-cause.ts';

const headings = ['probe', 'allowed', 'seen bad', 'notices', 'below', 'detected', 'recovered'] as const;
/** All columns but the first together leave room for a name of so many characters in 80. */
const maxName = 17;

export interface ProbeTableView {
  readonly paint: Paint;
  /** Columns of the screen; undefined for a pipe. */
  readonly width: number | undefined;
}

/** What each probe was allowed, and what was found; what went wrong in words below it. */
export function probeTable(probes: readonly ProbeResult[], { paint, width }: ProbeTableView): Section {
  if (probes.length === 0) return [];
  const shown = probes.slice(0, maxListed);
  const rows = shown.map((probe) => {
    const { allowed, seen, notices, below, detected, recovered } = findingsOf(probe);
    // The share follows from both numbers, and there is little room.
    const counts = seen.replace(/ \(.*\)$/, '').replace(' of ', '/');
    return [shortName(probe.name), allowed.replace(/ bad$/, ''), counts, notices, below, detected, recovered];
  });
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const aligned = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' ')}`;
  const isTable = width === undefined || aligned(headings).length <= width;
  return [
    ...(isTable ? [paint('dim', aligned(headings))] : []),
    ...rows.flatMap((row, index) => {
      const probe = shown[index];
      if (probe === undefined) return [];
      return [...(isTable ? [aligned(row)] : stacked(row)), ...stateLine(probe, paint)];
    }),
    ...more(probes.length - shown.length),
    paint('dim', '  notices: the smallest share of bad samples it would have noticed, with 95 %'),
    paint('dim', '  below: the true share under the fault was less, with 95 % confidence'),
  ];
}

/** One below the other, for a screen that is too narrow for the table: only what is known. */
function stacked([name = '', ...cells]: readonly string[]): Section {
  const known = cells.flatMap((cell, index) => (cell === '–' ? [] : [[headings[index + 1] ?? '', cell]]));
  return [`  ${name}`, ...columns(known, '    ')];
}

function stateLine(probe: ProbeResult, paint: Paint): Section {
  const { word, tone } = stateWords(probe);
  const trouble = troubleText(probe);
  const isWell = tone === 'good' || tone === 'plain';
  const cause = isWell ? undefined : commonestCause(probe);
  return [
    ...(isWell ? [] : [`    ${paint(styles[tone], word)}: ${line(probe.what)}`]),
    ...(trouble === '' ? [] : [`    ${line(trouble)}`]),
    ...(cause === undefined ? [] : [`    Bad samples: ${line(cause)}`]),
  ];
}

function shortName(name: string): string {
  const whole = line(name);
  return whole.length <= maxName ? whole : `${whole.slice(0, maxName - 3)}...`;
}
