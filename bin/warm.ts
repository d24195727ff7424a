import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfigSummary } from '#cli/config/config-summary.ts';
import { defaultConfigFile } from '#lib/config/config-file.ts';

/**
 * Loads everything the command line may load, to fill the compile cache: after `npm ci` the first stop is as fast as later ones. See
 * checked.js.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
// The excluded file is a program of its own, which the last line runs.
for (const file of globSync('cli/**/*.ts', { cwd: root, exclude: ['cli/config/config-summary-child.ts'] })) {
  await import(`../${file}`);
}
await readConfigSummary({ path: defaultConfigFile(), shown: 'chaos.config.ts' });
