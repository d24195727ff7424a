import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfigSummary } from '#cli/config/config-summary.ts';
import { defaultConfigFile } from '#lib/config/config-file.ts';

/**
 * Loads whatever the command line can load, so that it is kept compiled: after `npm ci` the first stop is as fast as the next. See
 * checked.js.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
// This one is a program by itself, which the last line runs.
for (const file of globSync('cli/**/*.ts', { cwd: root, exclude: ['cli/config/config-summary-child.ts'] })) {
  await import(`../${file}`);
}
await readConfigSummary({ path: defaultConfigFile(), shown: 'chaos.config.ts' });
