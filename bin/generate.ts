import { staleFiles, writeStaleFiles } from './generate/generated-files.ts';
import { printExpectedErrors } from './print-expected-errors.ts';

/** `npm run generate` writes the generated files; `npm run generate -- --check` only lists those that are stale. */
const [option, ...more] = process.argv.slice(2);
if ((option !== undefined && option !== '--check') || more.length > 0) {
  console.error('usage: npm run generate [-- --check]');
  process.exit(2);
}

await printExpectedErrors(async () => {
  if (option === '--check') {
    const stale = await staleFiles();
    if (stale.length > 0) {
      console.error(`stale, run "npm run generate": ${stale.join(', ')}`);
      process.exitCode = 1;
    }
  } else {
    for (const path of await writeStaleFiles()) console.log(`made ${path}`);
  }
});
