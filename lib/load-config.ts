import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Config, parseConfig } from '#core/config.ts';
import { InvalidInput } from '#core/parse.ts';
import { faults } from '#faults/registry.ts';
import { withHolidayDates } from './holidays.ts';

/** At the root of the repository. */
export const defaultConfigFile = fileURLToPath(new URL('../chaos.config.ts', import.meta.url));

/**
 * Reads a configuration file: a module whose default export is the configuration. Its holidays are looked up, from the year
 * before `now`, epoch ms, to three years after it. Throws `InvalidInput`.
 */
export async function loadConfig(
  file: string = defaultConfigFile,
  now: number = Date.now(),
): Promise<Config> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new InvalidInput(file, [{ path: '(root)', expected: 'expected a file', found: 'nothing' }]);
  }
  const module: { default?: unknown } = await import(pathToFileURL(path).href);
  const what = file === defaultConfigFile ? 'chaos.config.ts' : file;
  const config = parseConfig(module.default, faults, what);
  return { ...config, calendar: await withHolidayDates(config, now, what) };
}
