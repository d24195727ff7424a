import { CliError } from '#cli/context/cli-error.ts';
import { staleFiles, writeStaleFiles } from './generate/generated-files.ts';

/** `npm run generate` writes the generated files; `npm run generate -- --check` only lists those that are stale. */
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
    for (const path of await writeStaleFiles()) console.log(`made ${path}`);
  }
} catch (error) {
  // For a folder that cannot be written, a stack trace would not help.
  const isExpected = error instanceof CliError || (error instanceof Error && 'syscall' in error);
  if (!isExpected) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
