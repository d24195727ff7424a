import { type Command, Option } from 'commander';
import * as z from 'zod';

/** For every command that reads the configuration. */
export function configOption(): Option {
  return new Option(
    '--config <path>',
    'the configuration (default: chaos.config.* in this folder, else the one of the repository)',
  );
}

export function jsonOption(of: string): Option {
  return new Option('--json', `print ${of} as JSON on stdout, and everything else on stderr`);
}

/** For every command that calls AWS: by it the command line knows that the SDK is needed. */
export function profileOption(): Option {
  return new Option('--profile <name>', 'the profile whose AWS credentials are used, as in the aws CLI');
}

/** For commands that ask the deployed function otherwise. */
export function sandboxOption(): Option {
  return new Option(
    '--sandbox',
    'ask an embedded AWS that mirrors the configuration; nothing real is looked at',
  );
}

/** What the options of `withFunctionOptions` come to. */
export const functionOptions = {
  region: z.string().optional(),
  profile: z.string().optional(),
  config: z.string().optional(),
};

/** For commands that ask the deployed function, and need the configuration all the same. */
export function withFunctionOptions(command: Command): Command {
  return command
    .option(
      '--region <region>',
      "where the monkey is deployed, in place of the configuration's master.region",
    )
    .addOption(profileOption())
    .addOption(configOption());
}
