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
 * that it may touch by hand. `tests` are those of the room it goes to.
 */
const additions = [
  { name: 'guard', files: 3, tests: ['test/core/guards', 'test/targets'] },
  {
    name: 'guard-with-a-call',
    files: 8,
    tests: [
      'test/targets/instances/guards',
      'test/contract/aws',
      'test/core/guards',
      'test/iam/target-role.test.ts',
    ],
  },
  { name: 'fault', files: 2, tests: ['test/faults', 'test/iam/target-role.test.ts'] },
  {
    name: 'kind',
    files: 6,
    tests: ['test/targets', 'test/faults', 'test/core/simulate', 'test/iam/target-role.test.ts'],
  },
  { name: 'channel', files: 3, tests: ['test/notify', 'test/lib/notifier.test.ts'] },
  { name: 'sandbox-call', files: 4, tests: ['test/contract/aws', 'test/sandbox'] },
] as const;

/** Those that the generated files have; nobody writes them. */
const generated = /^(docs\/|NOTICE|target-role\/.*\.yaml|(faults|notify|targets)\/(reader-)?registry\.ts)/;

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

describe('what it takes to add', () => {
  test.each(additions)(
    'a $name: $files files at most, and nothing else knows',
    async ({ name, files, tests }) => {
      const patch = join(root, folder, `${name}.patch`);
      const byHand = touched(readFileSync(patch, 'utf8'));
      expect(byHand.filter((file) => generated.test(file))).toEqual([]);
      expect(byHand.length).toBeGreaterThan(0);
      expect(byHand.length).toBeLessThanOrEqual(files);

      const cwd = await copy();
      const node = (...args: readonly string[]) => run(process.execPath, args, { cwd, maxBuffer: 1e8 });
      await run('git', ['apply', patch], { cwd });
      await node('bin/generate.ts');
      await node('node_modules/typescript/bin/tsc');
      const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit'];
      await node(...vitest, ...tests, 'test/generated.test.ts', 'test/architecture');
    },
  );

  test('every patch is tried', () => {
    const patches = globSync(`${folder}/*.patch`, { cwd: root });
    expect(patches.toSorted()).toEqual(additions.map(({ name }) => `${folder}/${name}.patch`).toSorted());
  });
});
