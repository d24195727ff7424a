import { reportDigest } from '#core/messages/report-digest.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import type { Paint } from '../terminal/terminal.ts';
import { badgeText, digestText, terminalLimits } from './layout.ts';

/** Formats a run report. */
export function reportText(
  report: RunReport,
  paint: Paint,
  timeZone: string,
  limits = terminalLimits,
): string {
  const badge =
    report.task === 'verify' ? paint(['bold', 'inverse'], ' VERIFY ') : badgeText(report.mode, paint);
  return digestText(badge, reportDigest(report, { timeZone }, limits), paint);
}

/** The same, with spared groups only counted. */
export function outcomeText(report: RunReport, paint: Paint, timeZone: string): string {
  return reportText(report, paint, timeZone, { ...terminalLimits, spared: 0 });
}
