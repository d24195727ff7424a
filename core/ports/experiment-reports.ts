import type { ExperimentReport } from '../reports/experiment-report.ts';

/** Under this, reports are in a bucket: the rights to it name this. */
export const reportsFolder = 'experiments/';

/** Where reports of experiments are kept: a private bucket, or a folder. */
export interface ExperimentReports {
  /** Keeps it as JSON and as a page. A second report of the same run replaces the first. Returns where the page is, for people. */
  put(report: ExperimentReport): Promise<string>;
  /** Undefined if there is none. Rejects with `InvalidInput` if it cannot be read. */
  get(id: string): Promise<ExperimentReport | undefined>;
}
