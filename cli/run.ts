import { Command, Option } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config.ts';
import type { RunReport } from '#core/report.ts';
import type { RunRequestInput } from '#core/request.ts';
import { reportText } from './render/report.ts';
import { runDeployed } from './run-deployed.ts';
import { runHere } from './run-here.ts';
import { runSandbox } from './run-sandbox.ts';
import { CliError, type ExitCode, exitCodes } from './shared/cli-error.ts';
import { findConfig, loadConfig } from './shared/load-config.ts';
import { configOption, jsonOption } from './shared/options.ts';
import type { Surroundings } from './shared/surroundings.ts';

const RunOptions = z.strictObject({
  account: z.array(z.string()).optional(),
  region: z.array(z.string()).optional(),
  group: z.array(z.string()).optional(),
  fault: z.string().optional(),
  force: z.boolean().default(false),
  unleash: z.boolean().default(false),
  here: z.boolean().default(false),
  sandbox: z.boolean().default(false),
  ledger: z.enum(['memory', 'stack']).optional(),
  config: z.string().optional(),
  json: z.boolean().default(false),
});
type RunOptions = z.infer<typeof RunOptions>;

const help = `
Without --unleash a run is leashed: it decides and reports, and touches nothing. With --unleash it
is live where the configuration is not leashed either. Guards are never skipped.

Where the run is made:
  (default)   By the deployed function chaos_monkey: recorded, announced, and by the configuration
              that it was deployed with.
  --here      By this process: in your own account with your own credentials, in the others through
              their target roles, which let in the master's role only. Nothing is announced: you
              have the report here. A leashed run needs nothing deployed. A live one claims its
              strikes in the deployed ledger, heeds its stop and is recorded there; with
              --ledger memory it does none of that.
  --sandbox   On an embedded AWS that mirrors the configuration. Nothing real is touched.

Exit codes: 0 done; 1 something failed, a gate was closed or a group was not found; 2 bad usage,
configuration or request.

Examples:
  npx chaos run --here                           What would happen in my accounts?
  npx chaos run --group web                      The deployed monkey, leashed, group web only
  npx chaos run --group web --force --unleash    Strike an instance of web now
`;

export function runCommand(surroundings: Surroundings): Command {
  return new Command('run')
    .description('make one run: survey, decide and, if unleashed, strike')
    .option('--account <id...>', 'only these accounts of the configuration')
    .option('--region <region...>', 'only these regions of the configuration')
    .option('--group <group...>', 'only these groups: name, or key such as 111122223333/eu-west-1/asg/web')
    .option('--fault <name>', "strike with this fault, whatever the groups' tags say")
    .option('--force', 'skip the draw, never the guards')
    .option('--unleash', 'really strike')
    .addOption(new Option('--here', 'run in this process, with your AWS credentials').conflicts('sandbox'))
    .option('--sandbox', 'run on an embedded AWS')
    .addOption(
      new Option('--ledger <which>', 'for --here (default: memory; for a live run, stack)').choices([
        'memory',
        'stack',
      ]),
    )
    .addOption(configOption())
    .addOption(jsonOption('the report'))
    .addHelpText('after', help)
    .action(async (given: unknown) => {
      const options = RunOptions.parse(given);
      if (options.ledger !== undefined && !options.here) {
        throw new CliError('--ledger is for --here only.', exitCodes.badUsage);
      }
      surroundings.finish(await run(options, surroundings));
    });
}

async function run(options: RunOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { terminal, cwd } = surroundings;
  const config = await loadConfig(findConfig(options.config, cwd));
  const report = await reportOf(options, config, surroundings);
  terminal.out(options.json ? JSON.stringify(report, null, 2) : reportText(report, terminal.paint));
  for (const hint of hints(report, options, config)) terminal.note(`\n${hint}`);
  return exitCodeOf(report);
}

function reportOf(options: RunOptions, config: Config, surroundings: Surroundings): Promise<RunReport> {
  const { account, region, group, fault, force, unleash } = options;
  const request: RunRequestInput = {
    dryRun: !unleash,
    force,
    ...(account && { accounts: account }),
    ...(region && { regions: region }),
    ...(group && { groups: group }),
    ...(fault !== undefined && { fault }),
  };
  if (options.here) return runHere(request, options.ledger, config, surroundings);
  if (options.sandbox) return runSandbox(request, config, surroundings);
  return runDeployed(request, config, surroundings);
}

function hints(
  report: RunReport,
  { group, unleash, sandbox }: RunOptions,
  config: Config,
): readonly string[] {
  const { key, value } = config.tags.optIn;
  if (
    report.outcome === 'done' &&
    report.counts.groups + report.counts.failures === 0 &&
    group === undefined
  ) {
    return [
      `No group has opted in. Tag one, and its instances, with ${key}=${value}; for standalone instances, ${config.tags.group} names their group.`,
    ];
  }
  if (unleash) return [];
  return [
    config.leashed && !sandbox
      ? 'To strike: set leashed: false in the configuration, and add --unleash.'
      : 'To strike: add --unleash.',
  ];
}

function exitCodeOf({ outcome, counts, groupsNotFound }: RunReport): ExitCode {
  const isDone = outcome === 'done' && counts.failed + counts.failures + groupsNotFound.length === 0;
  return isDone ? exitCodes.done : exitCodes.failed;
}
