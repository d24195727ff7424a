import { resolve } from 'node:path';
import { type Config, parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { ChannelConfigs } from '#notify/registry.ts';
import { configName, defaultConfigFile } from './config-file.ts';
import { withHolidayDates } from './holidays.ts';
import { readConfig } from './read-config.ts';

/**
 * Loads a configuration file, by default the repository's own. Looks up its holidays, from the year before `now`, epoch ms, to three
 * years after it. Throws `InvalidInput`.
 */
export async function loadConfig(
  file: string = defaultConfigFile(),
  now: number = Date.now(),
): Promise<Config> {
  const path = resolve(file);
  const what = configName(path);
  const config = parseConfig(await readConfig(path), faults, what, ChannelConfigs);
  return { ...config, calendar: await withHolidayDates(config, now, what) };
}
