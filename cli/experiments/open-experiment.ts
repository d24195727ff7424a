import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '#core/config/config.ts';
import type { Known } from '#core/experiment/file/known.ts';
import {
  type ExperimentWarning,
  type ReadExperiment,
  readExperiment,
} from '#core/experiment/file/read-experiment.ts';
import { setValues } from '#core/experiment/file/set-values.ts';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { toUsageError } from '../options/request.ts';
import { sampleConfig } from '../sandbox/sample-config.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface OpenExperiment extends ReadExperiment {
  /** With what `--set` has put into it. */
  readonly text: string;
}

/** Reads the file of an experiment. Its warnings go to the terminal. Throws a `CliError` that names each mistake with its place. */
export async function openExperiment(
  file: string,
  config: Config,
  { cwd, terminal, clock }: Pick<CliContext, 'cwd' | 'terminal' | 'clock'>,
  {
    loopback,
    set,
    now,
  }: Pick<Known, 'now'> & { readonly loopback: boolean; readonly set: readonly string[] },
): Promise<OpenExperiment> {
  const text = await readText(file, cwd, set);
  try {
    const read = readExperiment(text, file, {
      ...{ config, faults, kinds, probes, loopback },
      ...(now !== undefined && { now }),
    });
    printWarnings(file, read.warnings, terminal);
    return { ...read, text };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const hint = !loopback && isForSample(text, clock.now()) ? forSample : '';
    throw new CliError(`${error.message}${hint}`, exitCodes.badUsage, error);
  }
}

const forSample = '\n  For the sample, on this machine, the file is valid: --sandbox';

/** As those in experiments/ are: what a configuration allows is about real accounts. */
function isForSample(text: string, now: number): boolean {
  try {
    readExperiment(text, '', { config: sampleConfig(now), faults, kinds, probes, loopback: true });
    return true;
  } catch {
    return false;
  }
}

export function printWarnings(
  file: string,
  warnings: readonly ExperimentWarning[],
  { note }: Pick<Terminal, 'note'>,
): void {
  for (const { path, text, at } of warnings) {
    note(`warning: ${file}${at === undefined ? '' : `:${at.line}`}: ${path}: ${text}`);
  }
}

/** `set`: what replaces values in it. */
export async function readText(file: string, cwd: string, set: readonly string[] = []): Promise<string> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw new CliError(`${file} cannot be read: ${messageOf(error)}`, exitCodes.badUsage, error);
  });
  try {
    return setValues(text, set);
  } catch (error) {
    throw toUsageError(error);
  }
}
