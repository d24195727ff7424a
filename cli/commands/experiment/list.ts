import { Command } from 'commander';
import * as z from 'zod';
import { unreadableText } from '#core/model/unreadable-item.ts';
import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { exitCodes } from '../../context/cli-error.ts';
import { tableWaitText } from '../../deployed/find-ledger.ts';
import { openDeployment } from '../../deployed/open-deployment.ts';
import { experimentsPlace, placesHelp } from '../../experiments/deployed-experiments.ts';
import {
  type ListedExperiment,
  listedRecord,
  listedReport,
  newestFirst,
} from '../../experiments/list-experiments.ts';
import { reportFolder } from '../../experiments/report-folder.ts';
import { ExperimentOptions, withExperimentOptions } from '../../options/experiment-options.ts';
import { jsonOption } from '../../options/options.ts';
import { experimentListText } from '../../render/experiment/experiment-list.ts';
import { printResult } from '../../terminal/print-result.ts';
import { WaitNotice } from '../../terminal/wait-notice.ts';

const ListOptions = ExperimentOptions.extend({ json: z.boolean().default(false) }).strict();

const mostListed = 50;

const help = `${placesHelp}

Exit codes: 0 they are listed; 1 not all could be read; 2 bad usage.
`;

export function listCommand(context: CliContext): Command {
  return withExperimentOptions(new Command('list'))
    .description('list the experiments that ran or run: verdict, recovery, and who; newest first')
    .addOption(jsonOption('them'))
    .addHelpText('after', help)
    .action(async (given: unknown) => list(ListOptions.parse(given), context));
}

async function list(options: z.infer<typeof ListOptions>, context: CliContext): Promise<void> {
  const { terminal, cwd, finish } = context;
  const { reports, unreadable } = await reportFolder(cwd).list(mostListed);
  for (const one of unreadable) terminal.note(`left out ${one}`);
  let deployed: readonly ListedExperiment[] = [];
  try {
    deployed = await listDeployed(options, context);
  } catch (error) {
    const { message, exitCode } = awsErrorMessage(error, 'list the experiments of the deployment');
    terminal.note(`error: ${message}\n  Only those of this machine: ./chaos experiment list --local`);
    if (exitCode === exitCodes.badUsage) return finish(exitCode);
    finish(exitCodes.failed);
  }
  const listed = [...reports.map(listedReport), ...deployed].sort(newestFirst).slice(0, mostListed);
  printResult(options, listed, experimentListText(listed, terminal.paint), terminal);
}

async function listDeployed(
  options: ExperimentOptions,
  context: CliContext,
): Promise<readonly ListedExperiment[]> {
  const { terminal } = context;
  const place = await experimentsPlace(options, context);
  if (place === undefined) return [];
  const { ledger, tableName, region, flags } = await openDeployment(place, options, context);
  const { found, unreadable } = await new WaitNotice(terminal).during(
    tableWaitText(tableName, region),
    ledger.recentExperiments(mostListed),
  );
  for (const item of unreadable) terminal.note(unreadableText(item, flags));
  return found.map(listedRecord);
}
