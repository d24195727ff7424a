import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { junitXml } from '#core/experiment/junit.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { placesHelp } from '../../experiments/deployed-experiments.ts';
import { type FoundReport, findReport } from '../../experiments/find-report.ts';
import { notWritten } from '../../experiments/new-file.ts';
import { ExperimentOptions, withExperimentOptions } from '../../options/experiment-options.ts';
import { experimentReportText } from '../../render/experiment/experiment-report.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const formats = ['text', 'html', 'json', 'junit'] as const;
const ReportOptions = ExperimentOptions.extend({
  format: z.enum(formats),
  out: z.string().optional(),
}).strict();

const help = `${placesHelp}

Examples:
  ./chaos experiment report 20261123T090000Z-3f9a1c2b
  ./chaos experiment report 20261123T090000Z-3f9a1c2b --format html --out page.html
  ./chaos experiment report 20261123T090000Z-3f9a1c2b --format junit > experiment.xml
`;

export function reportCommand(context: CliContext): Command {
  return withExperimentOptions(new Command('report'))
    .description('show what an experiment came to')
    .argument('<id>', 'the id of its run: ./chaos experiment list')
    .addOption(new Option('--format <format>', 'how to print it').choices(formats).default('text'))
    .option('--out <path>', 'the file to write it to, whose path is printed (default: print it)')
    .addHelpText('after', help)
    .action(async (id: string, given: unknown) => report(id, ReportOptions.parse(given), context));
}

async function report(
  id: string,
  { format, out, ...options }: z.infer<typeof ReportOptions>,
  context: CliContext,
): Promise<void> {
  const { terminal, cwd } = context;
  const found = await findReport(id, options, context);
  const text = await formatted(found, format, out === undefined ? terminal : file);
  if (out === undefined) return terminal.out(text);
  const path = resolve(cwd, out);
  await writeFile(path, `${text}\n`).catch(notWritten(out));
  terminal.out(path);
}

const file: Pick<Terminal, 'paint' | 'width'> = { paint: (_styles, text) => text, width: undefined };

async function formatted(
  { report, page, flags }: FoundReport,
  format: (typeof formats)[number],
  { paint, width }: Pick<Terminal, 'paint' | 'width'>,
): Promise<string> {
  switch (format) {
    case 'json':
      return JSON.stringify(report, null, 2);
    case 'junit':
      return junitXml(report).trimEnd();
    case 'html': {
      const { reportPage } = await import('#report-page/page.ts');
      return reportPage(report).trimEnd();
    }
    case 'text':
      return experimentReportText(report, { paint, width, timeZone: report.timeZone, page, flags });
  }
}
