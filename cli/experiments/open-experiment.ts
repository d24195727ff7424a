import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '#core/config/config.ts';
import { type ReadExperiment, readExperiment } from '#core/experiment/file/read-experiment.ts';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** Reads the file of an experiment. Its warnings go to the terminal. Throws a `CliError` that names each mistake with its place. */
export async function openExperiment(
  file: string,
  config: Config,
  { cwd, terminal }: Pick<CliContext, 'cwd' | 'terminal'>,
  { loopback }: { readonly loopback: boolean },
): Promise<ReadExperiment> {
  const text = await readText(file, cwd);
  try {
    const read = readExperiment(text, file, { config, faults, kinds, probes, loopback });
    for (const { path, text, at } of read.warnings) {
      terminal.note(`warning: ${file}${at === undefined ? '' : `:${at.line}`}: ${path}: ${text}`);
    }
    return read;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new CliError(error.message, exitCodes.badUsage, error);
  }
}

export async function readText(file: string, cwd: string): Promise<string> {
  return readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw new CliError(`${file} cannot be read: ${messageOf(error)}`, exitCodes.badUsage, error);
  });
}
