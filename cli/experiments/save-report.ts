import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { messageOf } from '#core/util/error-text.ts';
import { type ReportFolder, reportsFolder } from './report-folder.ts';

/** Keeps the report of a run that is over. Returns the path of its page; or what could not be written, and why. */
export async function saveReport(
  report: ExperimentReport,
  reports: Pick<ReportFolder, 'put' | 'get'>,
): Promise<{ readonly page: string | undefined; readonly trouble?: string }> {
  try {
    return { page: await reports.put(report) };
  } catch (error) {
    // A full disk may have taken one of its two files.
    const isListed = (await reports.get(report.id).catch(() => undefined)) !== undefined;
    const trouble = isListed
      ? `Its page could not be written to ${reportsFolder}: ${messageOf(error)}\n  Its report is there: ./chaos experiment report ${report.id}`
      : `Its report could not be written to ${reportsFolder}, so no list has it: ${messageOf(error)}`;
    return { page: undefined, trouble };
  }
}
