import { type Command, Option } from 'commander';
import * as z from 'zod';
import type { AccountId, Region } from '#core/model/aws-names.ts';
import { messageOf } from '#core/util/error-text.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { ConfigSummary } from '../config/config-summary.ts';
import { findConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';
import { configOption, profileOption } from './options.ts';
import { parseRegion } from './parse-region.ts';

/** The options of `withDeploymentOptions`. */
export const DeploymentOptions = z.object({
  region: z.string().optional(),
  table: z.string().optional(),
  profile: z.string().optional(),
  config: z.string().optional(),
});
export type DeploymentOptions = z.infer<typeof DeploymentOptions>;

/** Where the monkey is deployed. */
export interface DeploymentLocation {
  readonly region: Region;
  /** From the configuration; undefined if that was not read, or if the table is named. */
  readonly account: AccountId | undefined;
  /** Undefined if it was not read. */
  readonly config: ConfigSummary | undefined;
}

/** Options for commands that must work in an emergency: given these, neither the configuration nor the stack is needed. */
export function withDeploymentOptions(command: Command): Command {
  return command
    .addOption(placeOption())
    .option('--table <name>', "the ledger's table; skips the stack")
    .addOption(profileOption())
    .addOption(configOption());
}

function placeOption(): Option {
  return new Option('--region <region>', 'the region of the deployed monkey; skips the configuration');
}

/** The given options again, for commands suggested to the user. */
export function deploymentFlags({ region, table, profile, config }: DeploymentOptions): string {
  return Object.entries({ region, table, profile, config })
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${shellWord(value)}`))
    .join('');
}

type LocateContext = Pick<CliContext, 'cwd' | 'env' | 'terminal' | 'readConfigSummary'>;

/**
 * Finds the deployment by the options, else by the configuration, of which only that part is read, in a process of its own, else by the
 * environment.
 */
export async function locateDeployment(
  options: DeploymentOptions,
  context: LocateContext,
): Promise<DeploymentLocation> {
  const { region, config } = options;
  if (region !== undefined)
    return { region: parseRegion('--region', region), account: undefined, config: undefined };
  return locateBySummary(await readSummary(config, context), options, context);
}

/** The same without `--region`, by what was read of the configuration. */
export function locateBySummary(
  summary: ConfigSummary | string,
  { table }: Pick<DeploymentOptions, 'table'>,
  { env, terminal }: Pick<LocateContext, 'env' | 'terminal'>,
): DeploymentLocation {
  const read = typeof summary === 'string' ? undefined : summary;
  if (read?.master.region !== undefined) {
    // A table named explicitly is meant, whatever account the configuration names.
    const { region, account } = read.master;
    return { region, account: table === undefined ? account : undefined, config: read };
  }
  const why = typeof summary === 'string' ? summary : 'The configuration has no master.region';
  const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => env[name]);
  if (variable !== undefined) {
    const found = parseRegion(variable, env[variable] ?? '');
    terminal.note(`${why}. Using the region from ${variable}: ${found}`);
    return { region: found, account: undefined, config: read };
  }
  throw new CliError(
    `${why}, so the region of the deployed monkey is unknown.\n` +
      '  Pass it to skip the configuration: --region REGION [--table TABLE]',
    exitCodes.badUsage,
  );
}

/** Reads the configuration as far as possible. A string is the reason why it cannot be read. */
export async function readSummary(
  config: string | undefined,
  { cwd, terminal, readConfigSummary }: LocateContext,
): Promise<ConfigSummary | string> {
  try {
    const file = findConfig(config, cwd);
    return await new WaitNotice(terminal).during(`${file.shown} to load`, readConfigSummary(file));
  } catch (error) {
    return messageOf(error);
  }
}
