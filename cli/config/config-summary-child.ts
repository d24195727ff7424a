import { writeFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

/**
 * Reads a configuration in a process of its own, which it may hang, end or fill as it likes, and writes what is asked of it to the
 * pipe that is descriptor 3, in a line that begins with `token`: it may have written there itself.
 */
const [path = '', cache = '', token = ''] = process.argv.slice(2);
if (cache !== '') enableCompileCache(cache);
const { configAnswer } = await import('./read-deployment-keys.ts');
writeFileSync(3, `${token}${JSON.stringify(await configAnswer(path))}\n`);
// Whatever the configuration has begun ends with it.
process.exit();
