import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import * as z from 'zod';
import { initExperiment } from '#core/experiment/file/init/init-experiment.ts';
import { oneLine } from '#core/util/format.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { configOrDefaults } from '../../config/config-or-defaults.ts';
import { findConfig } from '../../config/open-config.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { newFile, writeNew } from '../../experiments/new-file.ts';
import { configOption } from '../../options/options.ts';

const InitOptions = z.strictObject({
  out: z.string().optional(),
  config: z.string().optional(),
});

const help = `
Recognizes what fails, and by how much, and writes a file in which comments say what is left to decide. With placeholders
in it, the file is not read.

Examples:
  ./chaos experiment init "what if listImages is 300 ms slower?"
  ./chaos experiment init "what if the web group loses an instance?" --out experiments/web.yaml
`;

const schema = fileURLToPath(new URL('../../../docs/experiment.schema.json', import.meta.url));

export function initCommand(context: CliContext): Command {
  return new Command('init')
    .description('write a file from a question')
    .argument('<question...>', 'what if ...?')
    .option('--out <file>', 'the file to write (default: print it)')
    .addOption(configOption())
    .addHelpText('after', help)
    .action(async (words: string[], given: unknown) =>
      init(words.join(' '), InitOptions.parse(given), context),
    );
}

async function init(
  question: string,
  { out, config: named }: z.infer<typeof InitOptions>,
  { cwd, terminal }: CliContext,
): Promise<void> {
  if (oneLine(question, 1) === '') {
    throw new CliError('A question is missing: ./chaos experiment init "what if ...?"', exitCodes.badUsage);
  }
  const { config } = await configOrDefaults(findConfig(named, cwd), named, terminal);
  const file = newFile(out, { cwd });
  const text = initExperiment(question, {
    ...{ faults, kinds, hosts: config.experiments.hosts },
    schema: relative(file === undefined ? cwd : dirname(file.path), schema),
  });
  if (file === undefined) return terminal.out(text.trimEnd());
  await writeNew(file, text);
  terminal.out(
    `Wrote ${out}. Replace what says replace-me, then: ./chaos experiment validate ${shellWord(file.out)}`,
  );
}
