import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { importChaosToolkit } from '#core/experiment/file/import/import-chaos-toolkit.ts';
import { counted } from '#core/util/format.ts';
import { InvalidInput } from '#core/util/parse.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { readText } from '../../experiments/open-experiment.ts';

const ImportOptions = z.strictObject({ out: z.string().optional() });

const help = `
Converts http probes and the actions that have an equal here. Nothing in the file is executed. What was left out is
listed, and is in a comment at the top of the result. With placeholders in it, the result is not read.

Example:
  ./chaos experiment import experiment.json --out experiments/checkout.yaml
`;

export function importCommand(context: CliContext): Command {
  return new Command('import')
    .description('convert an experiment of the Chaos Toolkit')
    .argument('<file>', 'its JSON or YAML file')
    .option('--out <file>', 'the file to write (default: print it)')
    .addHelpText('after', help)
    .action(async (file: string, given: unknown) => convert(file, ImportOptions.parse(given), context));
}

async function convert(
  file: string,
  { out }: z.infer<typeof ImportOptions>,
  { cwd, terminal }: CliContext,
): Promise<void> {
  const given = await readText(file, cwd);
  const path = out === undefined ? undefined : resolve(cwd, out);
  if (path !== undefined && existsSync(path))
    throw new CliError(`${out} exists already.`, exitCodes.badUsage);
  const { text, leftOut } = imported(given);
  if (path === undefined) terminal.out(text.trimEnd());
  else await writeFile(path, text, { flag: 'wx' });
  if (leftOut.length > 0) terminal.note(`Left out ${counted(leftOut.length, 'part')}:`);
  for (const one of leftOut) terminal.note(`  - ${one}`);
  if (out !== undefined) {
    terminal.out(`Wrote ${out}. Replace what says replace-me, then: ./chaos experiment validate ${out}`);
  }
}

function imported(text: string): ReturnType<typeof importChaosToolkit> {
  try {
    return importChaosToolkit(text);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new CliError(error.message, exitCodes.badUsage, error);
  }
}
