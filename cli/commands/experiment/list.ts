import { Command } from 'commander';
import * as z from 'zod';
import type { CliContext } from '../../context/cli-context.ts';
import { reportFolder, reportsFolder } from '../../experiments/report-folder.ts';
import { jsonOption } from '../../options/options.ts';
import { experimentListText } from '../../render/experiment/experiment-list.ts';
import { printResult } from '../../terminal/print-result.ts';

const ListOptions = z.strictObject({ json: z.boolean().default(false) });

const mostListed = 50;

export function listCommand(context: CliContext): Command {
  return new Command('list')
    .description('list the experiments that ran, with verdict and recovery, newest first')
    .addOption(jsonOption('the reports'))
    .addHelpText('after', `\nThose that ran on this machine, in ${reportsFolder} of the current folder.\n`)
    .action(async (given: unknown) => list(ListOptions.parse(given), context));
}

async function list(options: z.infer<typeof ListOptions>, { terminal, cwd }: CliContext): Promise<void> {
  const { reports, unreadable } = await reportFolder(cwd).list(mostListed);
  for (const one of unreadable) terminal.note(`left out ${one}`);
  printResult(options, reports, experimentListText(reports, terminal.paint), terminal);
}
