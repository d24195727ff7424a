import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documents } from '#documents/documents.ts';
import { isOnPath } from '../support/is-on-path.ts';

const available = isOnPath('shellcheck');
if (!available) sayWithoutShellcheck();

/** Prints that tests were skipped because shellcheck is missing. Throws if `CHAOS_REQUIRE_SHELLCHECK` requires them. */
function sayWithoutShellcheck(): void {
  const leftOut = 'shellcheck of the scripts of SSM documents';
  if (process.env.CHAOS_REQUIRE_SHELLCHECK !== undefined) {
    throw new Error(`CHAOS_REQUIRE_SHELLCHECK is set and shellcheck is not on the PATH: ${leftOut}`);
  }
  process.stderr.write(`LEFT OUT: ${leftOut}: shellcheck is not on the PATH (apt-get install shellcheck)\n`);
}

// With their comments, which tell shellcheck what is intended.
test.runIf(available).each(documents)('shellcheck has nothing to say about $name', ({ scripts }) => {
  const script = scripts
    .map((file) => readFileSync(new URL(`../../documents/${file}`, import.meta.url), 'utf8'))
    .join('\n');
  const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', '-'], {
    input: script,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
