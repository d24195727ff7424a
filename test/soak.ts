import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * `npm run test:soak -- [--rounds 10] [--seed SEED] [test/core ...]`: the tests of `npm test`, all of them or those of some files,
 * each round from a new seed for properties and for all else that is left to chance. Says the seed of a round that fails, and
 * ends with 1; `--seed` plays it again.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const rounds = values.seed === undefined ? Number(values.rounds) : 1;
if (!(Number.isInteger(rounds) && rounds > 0)) {
  throw new Error(`--rounds ${values.rounds}: expected a whole number, 1 or more`);
}
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const failed: string[] = [];

for (let round = 1; round <= rounds; round += 1) {
  const seed = values.seed ?? String(randomInt(2 ** 31));
  console.log(`round ${round} of ${rounds}: seed ${seed}`);
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'unit', '--reporter=dot', ...positionals],
    { stdio: 'inherit', env: { ...process.env, CHAOS_TEST_SEED: seed } },
  );
  if (status !== 0) failed.push(seed);
}

console.log(`${rounds} rounds, ${failed.length} failed`);
for (const seed of failed) {
  console.log(`again: npm run test:soak -- ${['--seed', seed, ...positionals].join(' ')}`);
}
if (failed.length > 0) process.exitCode = 1;
