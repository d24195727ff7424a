import { fileURLToPath } from 'node:url';
import { staleFiles } from './generate/generated-files.ts';
import { printExpectedErrors } from './print-expected-errors.ts';
import { makeRelease } from './release/make-release.ts';

/** `npm run release`: makes the files of a release in dist/. */
await printExpectedErrors(async () => {
  const stale = await staleFiles();
  if (stale.length > 0) {
    console.error(`stale, run "npm run generate": ${stale.join(', ')}`);
    process.exitCode = 1;
    return;
  }
  for (const path of makeRelease(fileURLToPath(new URL('../dist/', import.meta.url)))) {
    console.log(`made dist/${path}`);
  }
});
