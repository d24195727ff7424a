import { Command, Option } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import type { RunRequestInput } from '#core/config/run-request.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { maxText, oneLine } from '#core/util/format.ts';
import { findConfig, openConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, type ExitCode, exitCodes } from '../context/cli-error.ts';
import { withMasterRegion } from '../deployed/invoke-function.ts';
import { functionOptions, jsonOption, withFunctionOptions } from '../options/options.ts';
import { resolveRegionLimit } from '../options/region-limit.ts';
import { reportText } from '../render/report.ts';
import { printResult } from '../terminal/print-result.ts';

const RunOptions = z.strictObject({
  onlyAccount: z.array(z.string()).optional(),
  onlyRegion: z.array(z.string()).optional(),
  group: z.array(z.string()).optional(),
  fault: z.string().optional(),
  force: z.boolean().default(false),
  unleash: z.boolean().default(false),
  here: z.boolean().default(false),
  sandbox: z.boolean().default(false),
  ledger: z.enum(['memory', 'stack']).optional(),
  ...functionOptions,
  json: z.boolean().default(false),
});
type RunOptions = z.infer<typeof RunOptions>;

const help = `
Without --unleash, a run is leashed: it decides and reports but touches nothing. With --unleash, it is
live if the configuration (for the deployed function: the deployed one) is not leashed either. Guards are
never skipped.

Where the run takes place:
  (default)   In the deployed function chaos_monkey, with its deployed configuration. The run is
              recorded and announced.
  --here      In this process, with your credentials. The report is accurate for the account of those
              credentials. Other accounts are reached only with credentials of the role
              chaos-monkey-master, the only one that target roles trust; otherwise they are reported as
              failures. Nothing is announced. A leashed run needs no deployment. A live run claims its
              strikes in the deployed ledger, obeys its stop and is recorded there; with --ledger memory
              it does none of that.
  --sandbox   On a sandbox that mirrors the configuration. Nothing real is touched, so --unleash is
              enough to strike, even if the configuration is leashed.

--region names the region of the deployed monkey and does not limit the run. With --here or --sandbox, which do not use
the deployed monkey, it is the same as --only-region.

Exit codes: 0 done; 1 something failed, a gate was closed, a group was not found or --unleash was
not honored; 2 bad usage, configuration or request.

Examples:
  ./chaos run --here          What would happen in my account?
  ./chaos run --group web     Leashed run of the deployed monkey on all groups named web
  ./chaos run --group 111122223333/eu-west-1/asg/web --force --unleash
                                Strike an instance of this group now
`;

export function runCommand(context: CliContext): Command {
  return withFunctionOptions(new Command('run'))
    .option('--only-account <id...>', 'only these accounts of the configuration')
    .option('--only-region <region...>', 'only these regions of the configuration')
    .option(
      '--group <group...>',
      'only these groups: a full key such as 111122223333/eu-west-1/asg/web, or a name, which selects the groups of that name in every account and region',
    )
    .option('--fault <name>', "the fault to strike with, unless the group's tag names others")
    .option('--force', 'skip the draw, but not the guards')
    .option('--unleash', 'really strike')
    .addOption(new Option('--here', 'run in this process, with your AWS credentials').conflicts('sandbox'))
    .option('--sandbox', 'run on the sandbox')
    .addOption(
      new Option(
        '--ledger <which>',
        'the ledger for --here (default: memory; for a live run, stack)',
      ).choices(['memory', 'stack']),
    )
    .addOption(jsonOption('the report'))
    .addHelpText('after', help)
    .action(async (given: unknown) => {
      const options = RunOptions.parse(given);
      if (options.ledger !== undefined && !options.here) {
        throw new CliError('--ledger is for --here only.', exitCodes.badUsage);
      }
      context.finish(await run(options, context));
    });
}

async function run(options: RunOptions, context: CliContext): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const config = await openConfig(findConfig(options.config, cwd), terminal);
  const report = await fetchReport(options, config, context);
  printResult(options, report, reportText(report, terminal.paint, config.schedule.timeZone), terminal);
  for (const hint of hints(report, options, config)) terminal.note(`\n${hint}`);
  return getExitCode(report, options);
}

async function fetchReport(options: RunOptions, config: Config, context: CliContext): Promise<RunReport> {
  const { onlyAccount: accounts, group, fault, force, unleash } = options;
  const regions = resolveRegionLimit(options, context.terminal);
  const request: RunRequestInput = {
    dryRun: !unleash,
    force,
    ...(accounts && { accounts }),
    ...(regions && { regions }),
    ...(group && { groups: group }),
    ...(fault !== undefined && { fault }),
  };
  // Each pulls in much that the others do not need.
  if (options.here) {
    const { runHere } = await import('./run-here.ts');
    return runHere(request, options.ledger, config, context);
  }
  if (options.sandbox) {
    const { runSandbox } = await import('./run-sandbox.ts');
    return runSandbox(request, config, context);
  }
  const { runDeployed } = await import('./run-deployed.ts');
  return runDeployed(request, withMasterRegion(config, options), context);
}

function hints(report: RunReport, options: RunOptions, config: Config): readonly string[] {
  return [...optInHint(report, options, config), ...leashHint(report, options)];
}

function optInHint(
  { outcome, counts }: RunReport,
  { group }: RunOptions,
  { tags }: Config,
): readonly string[] {
  if (outcome !== 'done' || counts.groups + counts.failures > 0 || group !== undefined) return [];
  const { key, value } = tags.optIn;
  return [
    `No group has opted in. Tag one, and its instances, with ${key}=${value}; standalone instances also need ${tags.group}, which names their group.`,
  ];
}

/** Relies on the report: a deployed run uses the deployed configuration, which may differ from the local one. */
function leashHint(
  { mode, outcome, counts, leashedBecause = '' }: RunReport,
  { unleash, here }: RunOptions,
): readonly string[] {
  if (mode === 'live' || outcome === 'closed' || counts.groups === 0) return [];
  const byConfig = leashedBecause.includes('leashed: true');
  const change = `set leashed: false in the configuration${here ? '' : ' and deploy it'}`;
  if (unleash) {
    const why = leashedBecause === '' ? '' : `: ${oneLine(leashedBecause, maxText)}`;
    return [`NOT UNLEASHED${why}.${byConfig ? ` To strike, ${change}.` : ''}`];
  }
  return [byConfig ? `To strike: ${change}, and add --unleash.` : 'To strike: add --unleash.'];
}

function getExitCode(
  { mode, outcome, counts, groupsNotFound }: RunReport,
  { unleash }: RunOptions,
): ExitCode {
  const isHonored = mode === 'live' || !unleash;
  const isDone =
    outcome === 'done' && counts.failed + counts.unknown + counts.failures + groupsNotFound.length === 0;
  return isDone && isHonored ? exitCodes.done : exitCodes.failed;
}
