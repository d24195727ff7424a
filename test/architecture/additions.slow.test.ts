import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'test/architecture/additions';

/**
 * What it takes to add something: a patch for each, which is an example of "How to add" in docs/architecture.md, and the most files
 * that it may touch by hand. `tests` are those of the room it goes to; the whole suite runs once, with all of them.
 */
const additions = [
  { name: 'channel', files: 3, tests: ['test/notify', 'test/lib/notifier.test.ts'] },
  { name: 'fault', files: 2, tests: ['test/faults', 'test/iam/target-role.test.ts'] },
  { name: 'guard', files: 3, tests: ['test/core/guards', 'test/targets'] },
  {
    name: 'guard-with-a-call',
    files: 8,
    tests: [
      'test/targets',
      'test/contract/aws',
      'test/core/guards',
      'test/iam',
      'test/cli/commands/run.test.ts',
    ],
  },
  {
    name: 'kind',
    files: 6,
    tests: ['test/targets', 'test/faults', 'test/core/simulate', 'test/iam', 'test/cli/commands/run.test.ts'],
  },
  { name: 'sandbox-call', files: 4, tests: ['test/contract/aws', 'test/sandbox'] },
] as const;

/** What `npm run generate` writes, and `vitest -u`; nobody writes them. */
const generated =
  /^(docs\/|NOTICE|target-role\/.*\.yaml|(faults|notify|sandbox|targets)\/(reader-)?registry\.ts)|__snapshots__\//;

function touched(patch: string): readonly string[] {
  return [...patch.matchAll(/^diff --git a\/(\S+) /gm)].map(([, file = '']) => file);
}

const folders: string[] = [];
afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

/** A copy of the repository as it lies here, with what is installed. */
async function copy(): Promise<string> {
  const to = mkdtempSync(join(tmpdir(), 'chaos-addition-'));
  folders.push(to);
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await run('git', listing, { cwd: root });
  const deleted = await run('git', ['ls-files', '-z', '--deleted'], { cwd: root });
  const gone = new Set(deleted.stdout.split('\0'));
  for (const file of stdout.split('\0')) {
    if (file !== '' && !gone.has(file)) cpSync(join(root, file), join(to, file));
  }
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'));
  return to;
}

const patchOf = (name: string) => join(root, folder, `${name}.patch`);

/** Applies the patches to a copy, generates, and runs the tests; none named: all quick ones. Throws with their output. */
async function tryOut(names: readonly string[], tests: readonly string[]): Promise<void> {
  const cwd = await copy();
  const node = (...args: readonly string[]) => run(process.execPath, args, { cwd, maxBuffer: 1e8 });
  for (const name of names) await run('git', ['apply', patchOf(name)], { cwd });
  await node('bin/generate.ts');
  await node('node_modules/typescript/bin/tsc');
  // The snapshots of the stacks have the policies, which follow from what was added.
  await node('node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--update', ...tests);
}

describe('what it takes to add', () => {
  test.each(additions)('a $name: $files files at most', async ({ name, files, tests }) => {
    const byHand = touched(readFileSync(patchOf(name), 'utf8'));
    expect(byHand.filter((file) => generated.test(file))).toEqual([]);
    expect(byHand.length).toBeGreaterThan(0);
    expect(byHand.length).toBeLessThanOrEqual(files);
    await tryOut([name], [...tests, 'test/generated.test.ts', 'test/architecture']);
  });

  test('nothing else knows: with all of them at once, every quick test passes', async () => {
    await tryOut(
      additions.map(({ name }) => name),
      [],
    );
  });

  test('every patch is tried', () => {
    const patches = globSync(`${folder}/*.patch`, { cwd: root });
    const tried = additions.map(({ name }) => `${folder}/${name}.patch`);
    expect(patches.toSorted()).toEqual(tried.toSorted());
  });
});
