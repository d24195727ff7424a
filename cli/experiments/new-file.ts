import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '#core/util/error-text.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** A file that `--out` names. */
export interface NewFile {
  /** As it was given. */
  readonly out: string;
  readonly path: string;
}

/** Undefined without `--out`. Throws a `CliError` if there is such a file. */
export function newFile(out: string | undefined, { cwd }: Pick<CliContext, 'cwd'>): NewFile | undefined {
  if (out === undefined) return undefined;
  const path = resolve(cwd, out);
  if (existsSync(path)) throw new CliError(`${out} exists already.`, exitCodes.badUsage);
  return { out, path };
}

/** Never over another one, which somebody else may have made meanwhile. Throws a `CliError`. */
export async function writeNew({ out, path }: NewFile, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch(notWritten(out));
}

export function notWritten(out: string): (error: unknown) => never {
  return (error) => {
    throw new CliError(`${out} cannot be written: ${messageOf(error)}`, exitCodes.badUsage, error);
  };
}
