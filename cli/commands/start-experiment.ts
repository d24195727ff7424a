import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportFolder } from '../experiments/report-folder.ts';
import { experimentReportText } from '../render/experiment/experiment-report.ts';
import { runSample } from '../sandbox/run-sample.ts';
import type { Terminal } from '../terminal/terminal.ts';

const name = 'experiments/latency.yaml';
const file = fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Runs an experiment on the shop as real processes, which waits for its function and shows nothing else. */
export async function experimentStory({ out, paint, width }: Terminal, cwd: string): Promise<void> {
  const report = await runSample(await readFile(file, 'utf8'), name, { graceful: false });
  const page = relative(cwd, await reportFolder(cwd).put(report));
  out(experimentReportText(report, { paint, width, timeZone: report.timeZone, page, flags: '' }));
}
