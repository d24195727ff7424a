import { type Command, Option } from 'commander';
import * as z from 'zod';
import type { AccountId, Region } from '#core/model/aws-names.ts';
import { messageOf } from '#core/util/error-text.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { ConfigSummary } from '../config/config-summary.ts';
import { findConfig } from '../config/load-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';
import { configOption, profileOption } from './options.ts';
import { parseRegion } from './parse-region.ts';

/** What the options of `withPlace` come to. */
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
  /** As the configuration has it; undefined where that was not read, or where the table is named. */
  readonly account: AccountId | undefined;
  /** Undefined where it was not read. */
  readonly config: ConfigSummary | undefined;
}

/** Options for commands that must work in an emergency: with them, neither the configuration nor the stack is needed. */
export function withDeploymentOptions(command: Command): Command {
  return command
    .addOption(placeOption())
    .option('--table <name>', "the ledger's table, in place of what the stack says")
    .addOption(profileOption())
    .addOption(configOption());
}

export function placeOption(): Option {
  return new Option('--region <region>', 'where the monkey is deployed; the configuration is not read then');
}

/** The same options again, for the command that undoes this one. */
export function deploymentFlags({ region, table, profile, config }: DeploymentOptions): string {
  return Object.entries({ region, table, profile, config })
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${shellWord(value)}`))
    .join('');
}

type LocateContext = Pick<CliContext, 'cwd' | 'env' | 'terminal' | 'readConfigSummary'>;

/**
 * As the options say; else the configuration, of which no more is read than the place, where it can do no harm; else the environment.
 */
export async function locateDeployment(
  { region, table, config }: DeploymentOptions,
  context: LocateContext,
): Promise<DeploymentLocation> {
  if (region !== undefined)
    return { region: parseRegion('--region', region), account: undefined, config: undefined };
  const summary = await readSummary(config, context);
  const read = typeof summary === 'string' ? undefined : summary;
  if (read?.master.region !== undefined) {
    // Who names the table means that one, whatever account the configuration names.
    const { region, account } = read.master;
    return { region, account: table === undefined ? account : undefined, config: read };
  }
  const why = typeof summary === 'string' ? summary : 'The configuration names no master.region';
  const { env, terminal } = context;
  const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => env[name]);
  if (variable !== undefined) {
    const found = parseRegion(variable, env[variable] ?? '');
    terminal.note(`${why}. The region is taken from ${variable}: ${found}`);
    return { region: found, account: undefined, config: read };
  }
  throw new CliError(
    `${why}, so it is not known where the monkey is deployed.\n` +
      '  Say it, and the configuration is not read: --region REGION [--table TABLE]',
    exitCodes.badUsage,
  );
}

/** The configuration as far as it can be read; a text says why it cannot. */
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
