import { line } from '../render/layout.ts';
import { type ListedExperiment, listedReport } from './list-experiments.ts';
import { reportFolder, reportsFolder } from './report-folder.ts';

/** A run on this machine that is over. Undefined for all others, and where that cannot be read: no stop may fail for that reason. */
export async function overHere(id: string, cwd: string): Promise<ListedExperiment | undefined> {
  const report = await reportFolder(cwd)
    .get(id)
    .catch(() => undefined);
  return report && listedReport(report);
}

export function overHereText({ id, ended }: ListedExperiment): string {
  return `${id} ran on this machine (${reportsFolder}), and is over. It ended as ${ended?.verdict}: ${line(ended?.why ?? '')}\nIts report: ./chaos experiment report ${id}`;
}
