import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { readFormat } from '#lib/config/config-file.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { type Answers, validateConfig } from '../init/answers.ts';
import { configText } from '../init/config-text.ts';
import { gather } from '../init/gather.ts';
import { findOccupant, findRival, writeConfig } from '../init/write-config.ts';
import { jsonOption, profileOption } from '../options/options.ts';
import { writtenText } from '../render/written-config.ts';
import { printResult } from '../terminal/print-result.ts';

const writable = ['ts', 'json', 'yaml'] as const;

const InitOptions = z.strictObject({
  account: z.array(z.string()).optional(),
  region: z.array(z.string()).optional(),
  masterAccount: z.string().optional(),
  masterRegion: z.string().optional(),
  email: z.array(z.string()).optional(),
  timeZone: z.string().optional(),
  format: z.enum(writable).optional(),
  out: z.string().optional(),
  force: z.boolean().default(false),
  profile: z.string().optional(),
  json: z.boolean().default(false),
});
type InitOptions = z.infer<typeof InitOptions>;

const help = `
Asks for everything that the options leave open. It generates a random external id, and sets leashed: true: nothing is
struck until you change that. In the clone, the file replaces the example configuration.

Examples:
  ./chaos init
  ./chaos init --account 111122223333 --region eu-west-1 --email sre@example.com
  ./chaos init --format yaml --out ~/chaos.config.yaml
`;

export function initCommand(context: CliContext): Command {
  return new Command('init')
    .option('--account <id>', 'an account that may be struck; repeatable', collect)
    .option('--region <region>', 'a region that may be struck; repeatable', collect)
    .option('--master-account <id>', 'where the monkey runs (default: the only account)')
    .option('--master-region <region>', 'where the monkey runs (default: the first region)')
    .option('--email <address>', 'an address to notify; repeatable', collect)
    .option(
      '--time-zone <name>',
      "the time zone of the schedule, such as Europe/Berlin (default: this machine's)",
    )
    .addOption(
      new Option('--format <format>', 'the file format (default: the extension of --out, else ts)').choices(
        writable,
      ),
    )
    .option('--out <file>', 'the file to write (default: chaos.config.ts in this folder)')
    .option('--force', 'replace an existing file, and keep it as FILE.bak')
    .addOption(profileOption())
    .addOption(jsonOption('the new configuration'))
    .addHelpText('after', help)
    .action(async (given: unknown) => init(InitOptions.parse(given), context));
}

async function init(options: InitOptions, context: CliContext): Promise<void> {
  const { terminal, cwd } = context;
  const { path, format, shown } = resolveTarget(options, cwd);
  const was = await findOccupant(path);
  if (was === 'another' && !options.force) {
    throw new CliError(
      `${shown} already exists. To replace it, and keep it as ${shown}.bak: --force`,
      exitCodes.badUsage,
    );
  }
  const rival = findRival(path);
  if (rival !== undefined) {
    throw new CliError(
      `${rival} is in the same folder, and a folder can have only one configuration.\n` +
        `  Move it first, or write elsewhere: --out FILE`,
      exitCodes.badUsage,
    );
  }
  const {
    account: accounts,
    region: regions,
    email: emails,
    masterAccount,
    masterRegion,
    timeZone,
  } = options;
  const given: Answers = { accounts, regions, emails, masterAccount, masterRegion, timeZone };
  const answers = await gather(given, context);
  const config = validateConfig(answers, `chaos-${randomBytes(16).toString('hex')}`);
  const kept = await writeConfig(path, configText(config, format), was);
  const written = { path, config, kept: kept ?? null };
  printResult(options, written, writtenText(written, { shown, was, cwd }, terminal.paint), terminal);
}

function resolveTarget({ out, format }: InitOptions, cwd: string) {
  const shown = out ?? `chaos.config.${format ?? 'ts'}`;
  const ending = readFormat(shown);
  if (ending === undefined) {
    throw new CliError(`--out ${out}: expected a file that ends in .ts, .json or .yaml`, exitCodes.badUsage);
  }
  const isSame = format === undefined || ending === format || (format === 'yaml' && ending === 'yml');
  if (!isSame) {
    throw new CliError(`--format ${format}: expected the extension of --out ${out}`, exitCodes.badUsage);
  }
  return { path: resolve(cwd, shown), shown, format: ending };
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
