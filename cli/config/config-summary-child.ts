import { writeFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

/**
 * Reads a configuration in a process of its own, which the configuration may hang, exit or flood with output. Writes the answer to the
 * pipe at descriptor 3, in a line that starts with `token`, as the configuration may also have written there.
 */
const [path = '', cache = '', token = ''] = process.argv.slice(2);
if (cache !== '') enableCompileCache(cache);
const { configAnswer } = await import('./read-deployment-keys.ts');
writeFileSync(3, `${token}${JSON.stringify(await configAnswer(path))}\n`);
// Also ends anything that the configuration has started.
process.exit();
