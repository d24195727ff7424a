import { Command } from 'commander';
import * as z from 'zod';
import { importChaosToolkit } from '#core/experiment/file/import/import-chaos-toolkit.ts';
import { counted } from '#core/util/format.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { newFile, writeNew } from '../../experiments/new-file.ts';
import { readText } from '../../experiments/open-experiment.ts';
import { toUsageError } from '../../options/request.ts';

const ImportOptions = z.strictObject({ out: z.string().optional() });

const help = `
Converts http probes and the actions that have an equal here. Nothing in the file is executed. What was left out is
listed, and is in a comment at the top of the result. Headers with credentials become references to SSM parameters. With
placeholders in it, the result is not read.

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
  const to = newFile(out, { cwd });
  const { text, leftOut, toReplace } = imported(given, file);
  if (to === undefined) terminal.out(text.trimEnd());
  else await writeNew(to, text);
  if (leftOut.length > 0) terminal.note(`Left out ${counted(leftOut.length, 'part')}:`);
  for (const one of leftOut) terminal.note(`  - ${one}`);
  if (toReplace.length > 0) terminal.note('To replace:');
  for (const one of toReplace) terminal.note(`  - ${one}`);
  if (out !== undefined) {
    terminal.out(
      `Wrote ${out}. Replace what says replace-me, then: ./chaos experiment validate ${shellWord(out)}`,
    );
  }
}

function imported(text: string, name: string): ReturnType<typeof importChaosToolkit> {
  try {
    return importChaosToolkit(text, name);
  } catch (error) {
    throw toUsageError(error);
  }
}
