import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { Region } from '#core/aws-names.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { findConfig, masterRegion } from './load-config.ts';
import { configOption } from './options.ts';

/** What the options of `withPlace` come to. */
export const Place = z.object({
  region: Region.optional(),
  table: z.string().optional(),
  config: z.string().optional(),
});
export type Place = z.infer<typeof Place>;

/** Options for commands that must work in an emergency: with them, neither the configuration nor the stack is asked. */
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

/** Where the monkey is deployed. Reads no more of the configuration than that, so that a mistake elsewhere in it does not matter. */
export async function regionOf({ region, config }: Place, cwd: string): Promise<Region> {
  if (region !== undefined) return region;
  const file = findConfig(config, cwd);
  const configured = await masterRegion(file);
  if (configured !== undefined) return configured;
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
