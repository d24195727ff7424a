import { randomUUID } from 'node:crypto';
import { copyFile, link, lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '#core/util/error-text.ts';
import { listConfigs } from '#lib/config/config-file.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** What exists at the path of a new configuration. */
export type Occupant = 'nothing' | 'example' | 'another';

const example = { account: '111111111111', externalId: 'chaos-monkey-example' };

/** The repository's example has made-up accounts, so it cannot be in use. */
export function isExample(masterAccount: string, externalId: string): boolean {
  return masterAccount === example.account && externalId === example.externalId;
}

export async function findOccupant(path: string): Promise<Occupant> {
  const text = await readFile(path, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw notWritten(path, error);
    if (await isLink(path)) throw new CliError(danglingText(path), exitCodes.badUsage, error);
    return undefined;
  });
  if (text === undefined) return 'nothing';
  const isExampleText = Object.entries(example).every(([key, value]) => text.includes(`${key}: '${value}'`));
  return isExampleText ? 'example' : 'another';
}

/** Finds another configuration in the same folder, which would conflict with a new one. */
export function findRival(path: string): string | undefined {
  const name = basename(path);
  return name.startsWith('chaos.config.')
    ? listConfigs(dirname(path)).find((other) => other !== name)
    : undefined;
}

/**
 * Writes the file atomically and keeps the previous one as a backup. If there was none, never overwrites one that somebody else creates
 * meanwhile. Returns the path of the backup.
 */
export async function writeConfig(path: string, text: string, was: Occupant): Promise<string | undefined> {
  const fresh = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeFile(fresh, text, { flag: 'wx' });
    if (was === 'nothing') {
      // Fails if the file exists by now; `rename` would overwrite it.
      await link(fresh, path);
      return undefined;
    }
    const kept = `${path}.bak`;
    await copyFile(path, kept);
    await rename(fresh, path);
    return kept;
  } catch (error) {
    throw notWritten(path, error);
  } finally {
    await rm(fresh, { force: true }).catch(() => {});
  }
}

/** Called when nothing could be read: a link is then a dangling one. */
async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

function danglingText(path: string): string {
  return `${path} is a symbolic link to a missing file. Remove it first, or write elsewhere: --out FILE`;
}

function notWritten(path: string, error: unknown): CliError {
  // The error names our temporary file, which means nothing to the user.
  if (getCode(error) === 'ENOENT') {
    return new CliError(
      `Could not write ${path}: there is no folder ${dirname(path)}`,
      exitCodes.failed,
      error,
    );
  }
  return new CliError(`Could not write ${path}: ${messageOf(error)}`, exitCodes.failed, error);
}

function getCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
