import { fitLists, jsonBytes } from '../util/fit-lists.ts';
import type { UndoReport } from './undo-report.ts';

type Numbers = Readonly<Record<'strikes' | 'failures', number>>;

/**
 * The report, truncated to at most `maxBytes` bytes of JSON (without indentation, UTF-8); the report itself if it fits. Failures
 * go first: those of strikes repeat what the strikes say. `omitted` counts what is missing, and adds up if the report is
 * truncated again. Throws `DoesNotFit`.
 */
export function truncateUndoReport(report: UndoReport, maxBytes: number): UndoReport {
  const { strikes, failures } = report;
  const kept = fitLists({
    entries: [
      ['strikes', strikes],
      ['failures', failures],
    ],
    shell: { ...report, strikes: [], failures: [], omitted: undefined },
    noteBytes: (numbers) => omittedBytes(omittedFrom(report, numbers)),
    maxBytes,
    what: `the report of round ${report.runId}`,
  });
  if (kept.strikes === strikes.length && kept.failures === failures.length) return report;
  return {
    ...report,
    strikes: strikes.slice(0, kept.strikes),
    failures: failures.slice(0, kept.failures),
    omitted: omittedFrom(report, kept),
  };
}

function omittedFrom({ strikes, failures, omitted }: UndoReport, kept: Numbers): Numbers {
  return {
    strikes: strikes.length - kept.strikes + (omitted?.strikes ?? 0),
    failures: failures.length - kept.failures + (omitted?.failures ?? 0),
  };
}

function omittedBytes(omitted: Numbers): number {
  return omitted.strikes + omitted.failures === 0 ? 0 : `,"omitted":`.length + jsonBytes(omitted);
}
