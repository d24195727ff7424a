import { type Command, Option } from 'commander';
import * as z from 'zod';

/** For every command that reads the configuration. */
export function configOption(): Option {
  return new Option(
    '--config <path>',
    'the configuration (default: chaos.config.* in this folder, else in the repository)',
  );
}

export function jsonOption(what: string): Option {
  return new Option('--json', `print ${what} as JSON on stdout, everything else on stderr`);
}

/** For every command that calls AWS. The SDK is loaded only for commands with this option. */
export function profileOption(): Option {
  return new Option('--profile <name>', 'the AWS profile, as in the aws CLI');
}

/** For commands that otherwise call the deployed function. */
export function sandboxOption(): Option {
  return new Option('--sandbox', 'use a sandbox that mirrors the configuration; nothing real is touched');
}

/** The options of `withFunctionOptions`. */
export const functionOptions = {
  region: z.string().optional(),
  profile: z.string().optional(),
  config: z.string().optional(),
};

/** For commands that call the deployed function, and also need the configuration. */
export function withFunctionOptions(command: Command): Command {
  return command
    .option(
      '--region <region>',
      "the region of the deployed monkey (default: the configuration's master.region)",
    )
    .addOption(profileOption())
    .addOption(configOption());
}
