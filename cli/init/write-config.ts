import { randomUUID } from 'node:crypto';
import { copyFile, link, lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '#core/util/error-text.ts';
import { configsIn } from '#lib/config/config-file.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** What is at the path of a new configuration. */
export type Occupant = 'nothing' | 'example' | 'another';

const example = { account: '111111111111', externalId: 'chaos-monkey-example' };

/** The example that the repository ships with names accounts that are nobody's: it cannot be in use. */
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
  const looksSo = Object.entries(example).every(([key, value]) => text.includes(`${key}: '${value}'`));
  return looksSo ? 'example' : 'another';
}

/** Another configuration in the same folder, beside which a new one could not be used. */
export function findRival(path: string): string | undefined {
  const name = basename(path);
  return name.startsWith('chaos.config.')
    ? configsIn(dirname(path)).find((other) => other !== name)
    : undefined;
}

/**
 * Writes the file whole or not at all. What was there is kept beside it; where nothing was, nothing is overwritten either, whoever
 * else writes meanwhile. Returns the path of what was kept.
 */
export async function writeConfig(path: string, text: string, was: Occupant): Promise<string | undefined> {
  const fresh = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeFile(fresh, text, { flag: 'wx' });
    if (was === 'nothing') {
      // Fails where there is something by now, which `rename` would not.
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

/** One that leads nowhere, where nothing could be read. */
async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

function danglingText(path: string): string {
  return `${path} is a symbolic link to a file that is not there. Remove it first, or write elsewhere: --out FILE`;
}

function notWritten(path: string, error: unknown): CliError {
  // The file that could not be made is one of ours, which nobody has heard of.
  if (getCode(error) === 'ENOENT') {
    return new CliError(
      `${path} cannot be written: there is no folder ${dirname(path)}`,
      exitCodes.failed,
      error,
    );
  }
  return new CliError(`${path} cannot be written: ${messageOf(error)}`, exitCodes.failed, error);
}

function getCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
