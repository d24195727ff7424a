import { fitLists } from '../util/fit-lists.ts';
import type { UndoReport } from './undo-report.ts';

/** The report, truncated to at most `maxBytes` bytes of JSON. Failures go first: those of strikes say what the strikes say. */
export function truncateUndoReport(report: UndoReport, maxBytes: number): UndoReport {
  const { strikes, failures } = report;
  return fitLists<UndoReport, 'strikes' | 'failures'>(report, {
    entries: [
      ['strikes', strikes],
      ['failures', failures],
    ],
    cut: (kept) => ({
      ...report,
      strikes: strikes.slice(0, kept.strikes),
      failures: failures.slice(0, kept.failures),
    }),
    maxBytes,
    what: `the report of ${report.runId}`,
  });
}
