import { timeText } from '#core/experiment/wording/numbers.ts';
import { faultText } from '#core/model/fault-text.ts';
import type { ExperimentReport, StruckTarget } from '#core/reports/experiment-report.ts';
import { oneLine } from '#core/util/format.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { line, maxListed, more, type Section, styles } from '../layout.ts';

/** Targets and what was done to them. Those that are not undone come first, whole, with their commands. */
export function experimentStrikes(
  { strikes, stages }: ExperimentReport,
  paint: Paint,
  flags: string,
): Section {
  if (strikes.length === 0) return [];
  const isOpen = ({ byHand }: StruckTarget) => byHand.length > 0;
  const others = strikes.filter((strike) => !isOpen(strike));
  const stageOf = ({ stage }: StruckTarget) => (stages.planned > 1 ? `stage ${stage}, ` : '');
  return [
    paint('bold', 'Strikes'),
    ...strikes.filter(isOpen).flatMap((strike) => openLines(strike, paint, flags)),
    ...others
      .slice(0, maxListed)
      .map((strike) => `  ${line(strike.target.id)}  ${stageOf(strike)}${about(strike)}`),
    ...more(others.length - maxListed),
  ];
}

function openLines(strike: StruckTarget, paint: Paint, flags: string): Section {
  return [
    `  ${line(strike.target.id)}  ${paint(styles.alarm, ' NOT UNDONE ')} ${about(strike)}`,
    ...(strike.undo === undefined ? [] : [`    ./chaos undo ${strike.undo}${flags}`]),
    '    By hand, with credentials of its account:',
    // A part of a command is none.
    ...strike.byHand.map((command) => `      ${oneLine(command, Number.POSITIVE_INFINITY)}`),
  ];
}

function about({ fault, outcome, detail, undo, to, byHand }: StruckTarget): string {
  const struck = `${line(faultText(fault))}: ${outcome}`;
  const isUndone = undo !== undefined && to !== undefined && byHand.length === 0;
  // The detail says when it would have ended by itself.
  return isUndone ? `${struck}, undone at ${timeText(Date.parse(to))}` : `${struck}, ${line(detail)}`;
}
