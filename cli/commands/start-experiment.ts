import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportFolder } from '../experiments/report-folder.ts';
import { experimentReportText } from '../render/experiment/experiment-report.ts';
import { runSample } from '../sandbox/run-sample.ts';
import type { Terminal } from '../terminal/terminal.ts';

const name = 'experiments/latency.yaml';
const file = fileURLToPath(new URL(`../../${name}`, import.meta.url));

const next = `
  ./chaos experiment run ${name} --sandbox
                          the same on a shop that shows what it has after 100 ms: it survives
  experiments/            one for each class of faults
`;

/** The end of `npm start`: an experiment on the shop as real processes, which has no fallback. */
export async function experimentStory({ out, paint }: Terminal, cwd: string): Promise<void> {
  out(
    `\n${paint(['bold', 'cyan'], '== An experiment: what if a function takes 300 ms longer? Real HTTP, on this machine')}\n`,
  );
  const report = await runSample(await readFile(file, 'utf8'), name, { graceful: false });
  const page = relative(cwd, await reportFolder(cwd).put(report));
  out(experimentReportText(report, { paint, timeZone: report.timeZone, page }));
  out(next.trimEnd());
}
