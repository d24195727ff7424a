import { writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { messageOf } from '#core/errors.ts';
import { readConfig } from '#lib/read-config.ts';
import type { ConfigAnswer } from './config-summary.ts';

/**
 * Reads a configuration in a process of its own, which it may hang, end or fill as it likes, and writes what is asked of it to the
 * pipe that is descriptor 3. Nothing of it is checked here.
 */
const [path = '', cache = ''] = process.argv.slice(2);
if (cache !== '') enableCompileCache(cache);

writeSync(3, `${JSON.stringify(await answer())}\n`);
// Whatever the configuration has begun ends with it.
process.exit();

async function answer(): Promise<ConfigAnswer> {
  try {
    const config = Object(await readConfig(path));
    const { master, schedule, leashed, accounts, regions } = config;
    return { config: { master, timeZone: schedule?.timeZone, leashed, accounts, regions } };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
