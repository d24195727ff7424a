import { Command, Option } from 'commander';
import * as z from 'zod';
import { junitXml } from '#core/experiment/junit.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { reportFolder, reportsFolder } from '../../experiments/report-folder.ts';
import { experimentReportText } from '../../render/experiment/experiment-report.ts';

const formats = ['text', 'html', 'json', 'junit'] as const;
const ReportOptions = z.strictObject({ format: z.enum(formats) });

const help = `
Reads the reports of experiments that ran on this machine, in ${reportsFolder} of the current folder.

Examples:
  ./chaos experiment report 20261123T090000Z-3f9a1c2b
  ./chaos experiment report 20261123T090000Z-3f9a1c2b --format junit > experiment.xml
`;

export function reportCommand(context: CliContext): Command {
  return new Command('report')
    .description('show what an experiment came to')
    .argument('<id>', 'the id of its run: ./chaos experiment list')
    .addOption(new Option('--format <format>', 'how to print it').choices(formats).default('text'))
    .addHelpText('after', help)
    .action(async (id: string, given: unknown) => report(id, ReportOptions.parse(given), context));
}

async function report(
  id: string,
  { format }: z.infer<typeof ReportOptions>,
  context: CliContext,
): Promise<void> {
  const { terminal } = context;
  const found = await findReport(id, context);
  switch (format) {
    case 'json':
      return terminal.out(JSON.stringify(found, null, 2));
    case 'junit':
      return terminal.out(junitXml(found).trimEnd());
    case 'html': {
      const { reportPage } = await import('#report-page/page.ts');
      return terminal.out(reportPage(found).trimEnd());
    }
    case 'text': {
      const { paint } = terminal;
      return terminal.out(experimentReportText(found, { paint, timeZone: found.timeZone, page: undefined }));
    }
  }
}

/** Throws a `CliError` if there is none. */
export async function findReport(id: string, { cwd }: Pick<CliContext, 'cwd'>): Promise<ExperimentReport> {
  const found = await reportFolder(cwd).get(id);
  if (found !== undefined) return found;
  throw new CliError(
    `There is no report of ${id} in ${reportsFolder}. To list those there are: ./chaos experiment list`,
    exitCodes.badUsage,
  );
}
