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
 * that it may touch by hand.
 */
const additions = [
  { name: 'channel', files: 3 },
  { name: 'fault', files: 2 },
  { name: 'guard', files: 3 },
  { name: 'guard-with-a-call', files: 8 },
  { name: 'kind', files: 6 },
  { name: 'probe', files: 2 },
  { name: 'sandbox-call', files: 4 },
] as const;

/** What `npm run generate` writes, and `vitest -u`; nobody writes them. */
const generated =
  /^(docs\/|NOTICE|target-role\/.*\.yaml|(faults|notify|probes|sandbox|targets)\/(reader-)?registry\.ts)|__snapshots__\//;

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

describe('what it takes to add', () => {
  test.each(additions)('a $name: $files files at most', async ({ name, files }) => {
    const byHand = touched(readFileSync(patchOf(name), 'utf8'));
    expect(byHand.filter((file) => generated.test(file))).toEqual([]);
    expect(byHand.length).toBeGreaterThan(0);
    expect(byHand.length).toBeLessThanOrEqual(files);
    await run('git', ['apply', '--check', patchOf(name)], { cwd: root });
  });

  test('nothing else knows: with all of them at once, types and every quick test pass', async () => {
    const cwd = await copy();
    const node = (...args: readonly string[]) => run(process.execPath, args, { cwd, maxBuffer: 1e8 });
    for (const { name } of additions) await run('git', ['apply', patchOf(name)], { cwd });
    await node('bin/generate.ts');
    await node('node_modules/typescript/bin/tsc');
    // The snapshots of the stacks have the policies, which follow from what was added.
    await node('node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--update');
  });

  test('every patch is tried', () => {
    const patches = globSync(`${folder}/*.patch`, { cwd: root });
    const tried = additions.map(({ name }) => `${folder}/${name}.patch`);
    expect(patches.toSorted()).toEqual(tried.toSorted());
  });
});
