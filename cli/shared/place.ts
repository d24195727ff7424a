import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { type AccountId, Region } from '#core/aws-names.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { findConfig, masterOf } from './load-config.ts';
import { configOption } from './options.ts';

/** What the options of `withPlace` come to. */
export const PlaceOptions = z.object({
  region: Region.optional(),
  table: z.string().optional(),
  config: z.string().optional(),
});
export type PlaceOptions = z.infer<typeof PlaceOptions>;

/** Where the monkey is deployed. */
export interface Place {
  readonly region: Region;
  /** As the configuration has it; undefined where that cannot be read, or where the table is named. */
  readonly account: AccountId | undefined;
}

/** Options for commands that must work in an emergency: with them, neither the configuration nor the stack is needed. */
export function withPlace(command: Command): Command {
  return command
    .option(
      '--region <region>',
      'where the monkey is deployed, in place of what the configuration says',
      region,
    )
    .option('--table <name>', "the ledger's table, in place of what the stack says")
    .addOption(configOption());
}

/** The same options again, for the command that undoes this one. */
export function placeFlags({ region, table, config }: PlaceOptions): string {
  const given = { region, table, config };
  return Object.entries(given)
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${value}`))
    .join('');
}

/** Reads no more of the configuration than the place, so that a mistake elsewhere in it does not matter. */
export async function placeOf({ region, table, config }: PlaceOptions, cwd: string): Promise<Place> {
  const file = findConfig(config, cwd);
  const configured = await masterOf(file);
  const found = region ?? configured.region;
  // Who names the table means that one, whatever account the configuration names.
  const account = table === undefined ? configured.account : undefined;
  if (found !== undefined) return { region: found, account };
  throw new CliError(
    `${file.shown} cannot be read, so it is not known where the monkey is deployed.\n` +
      '  Say it, and the configuration is not needed: --region eu-west-1',
    exitCodes.badUsage,
  );
}

function region(text: string): string {
  if (Region.safeParse(text).success) return text;
  throw new InvalidArgumentError('Expected a region such as eu-west-1.');
}
