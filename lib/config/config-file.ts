import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidInput } from '#core/util/parse.ts';

/** File extensions of configurations: modules and plain data. */
export const configFormats = ['ts', 'js', 'mjs', 'json', 'yaml', 'yml'] as const;
export type ConfigFormat = (typeof configFormats)[number];

/** The clone's folder, without a trailing slash. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The format by the file extension; undefined for any other extension. */
export function readFormat(path: string): ConfigFormat | undefined {
  return configFormats.find((format) => path.endsWith(`.${format}`));
}

/** The names of the configurations in a folder. */
export function listConfigs(folder: string): readonly string[] {
  return configFormats
    .map((format) => `chaos.config.${format}`)
    .filter((name) => existsSync(join(folder, name)));
}

/**
 * The configuration in a folder; undefined if there is none. Throws `InvalidInput` for two: whichever was used, somebody would edit the
 * other.
 */
export function findConfigIn(folder: string): string | undefined {
  const [first, ...others] = listConfigs(folder);
  if (first === undefined) return undefined;
  if (others.length === 0) return join(folder, first);
  const found = [first, ...others].join(' and ');
  throw new InvalidInput(folder, [
    { path: 'chaos.config.*', expected: 'expected one configuration (name it: --config FILE)', found },
  ]);
}

/** The one at the root of this repository. Throws as `findConfigIn` does. */
export function defaultConfigFile(): string {
  return findConfigIn(repository) ?? join(repository, 'chaos.config.ts');
}

/** Whether CDK and `npm run generate` use this file by default. */
export function isRepositorysOwn(path: string): boolean {
  return configFormats.some((format) => join(repository, `chaos.config.${format}`) === path);
}

/** The name of a configuration in messages: for the repository's own, just the file name. */
export function configName(path: string): string {
  return isRepositorysOwn(path) ? basename(path) : path;
}
