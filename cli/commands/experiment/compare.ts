import { Command } from 'commander';
import * as z from 'zod';
import { compareReports } from '#core/experiment/compare-reports.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { placesHelp } from '../../experiments/deployed-experiments.ts';
import { findReport } from '../../experiments/find-report.ts';
import { ExperimentOptions, withExperimentOptions } from '../../options/experiment-options.ts';
import { jsonOption } from '../../options/options.ts';
import { comparisonText } from '../../render/experiment/comparison.ts';
import { printResult } from '../../terminal/print-result.ts';

const CompareOptions = ExperimentOptions.extend({ json: z.boolean().default(false) }).strict();

export function compareCommand(context: CliContext): Command {
  return withExperimentOptions(new Command('compare'))
    .description('compare two runs: verdicts, and what each probe showed under the fault')
    .argument('<before>', 'the id of a run')
    .argument('<after>', 'the id of another')
    .addOption(jsonOption('both, probe by probe'))
    .addHelpText('after', `${placesHelp}\n`)
    .action(async (before: string, after: string, given: unknown) =>
      compare([before, after], CompareOptions.parse(given), context),
    );
}

async function compare(
  [before, after]: readonly [string, string],
  options: z.infer<typeof CompareOptions>,
  context: CliContext,
): Promise<void> {
  const { terminal } = context;
  if (before === after) {
    throw new CliError(`Both are ${before}: a run is compared with another one.`, exitCodes.badUsage);
  }
  const { report: first } = await findReport(before, options, context);
  const { report: second } = await findReport(after, options, context);
  const comparison = compareReports(first, second);
  printResult(options, comparison, comparisonText(comparison, terminal.paint), terminal);
}
