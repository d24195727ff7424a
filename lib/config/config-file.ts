import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidInput } from '#core/util/parse.ts';

/** What a configuration may be written in: a module, or plain data. */
export const configFormats = ['ts', 'js', 'mjs', 'json', 'yaml', 'yml'] as const;
export type ConfigFormat = (typeof configFormats)[number];

/** The clone's folder, which ends in no slash. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The format that the name of a file says; undefined for any other name. */
export function formatOf(path: string): ConfigFormat | undefined {
  return configFormats.find((format) => path.endsWith(`.${format}`));
}

/** The configurations of a folder, by name. */
export function configsIn(folder: string): readonly string[] {
  return configFormats
    .map((format) => `chaos.config.${format}`)
    .filter((name) => existsSync(join(folder, name)));
}

/**
 * The configuration of a folder; undefined where it has none. Throws `InvalidInput` for two at once: whichever was taken, somebody
 * would edit the other.
 */
export function configIn(folder: string): string | undefined {
  const [first, ...others] = configsIn(folder);
  if (first === undefined) return undefined;
  if (others.length === 0) return join(folder, first);
  const found = [first, ...others].join(' and ');
  throw new InvalidInput(folder, [
    { path: 'chaos.config.*', expected: 'expected one configuration (name it: --config FILE)', found },
  ]);
}

/** The one at the root of this repository. Throws as `configIn` does. */
export function defaultConfigFile(): string {
  return configIn(repository) ?? join(repository, 'chaos.config.ts');
}

/** Whether CDK and `npm run generate` would find a file of this path without being told. */
export function isRepositorysOwn(path: string): boolean {
  return configFormats.some((format) => join(repository, `chaos.config.${format}`) === path);
}

/** How a configuration is named in messages: the repository's own by its name alone. */
export function configName(path: string): string {
  return isRepositorysOwn(path) ? basename(path) : path;
}
