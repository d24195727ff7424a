import { CliError } from '#cli/context/cli-error.ts';
import { bringUpToDate, staleFiles } from './generate/generated-files.ts';

/** `npm run generate` makes what is made rather than written; `npm run generate -- --check` says what is stale. */
const [option, ...more] = process.argv.slice(2);
if ((option !== undefined && option !== '--check') || more.length > 0) {
  console.error('usage: npm run generate [-- --check]');
  process.exit(2);
}

try {
  if (option === '--check') {
    const stale = await staleFiles();
    if (stale.length > 0) {
      console.error(`stale, run "npm run generate": ${stale.join(', ')}`);
      process.exitCode = 1;
    }
  } else {
    for (const path of await bringUpToDate()) console.log(`made ${path}`);
  }
} catch (error) {
  // A folder that cannot be written is nothing that a stack would explain.
  const isExpected = error instanceof CliError || (error instanceof Error && 'syscall' in error);
  if (!isExpected) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
