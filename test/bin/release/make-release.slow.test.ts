import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { makeRelease } from '#bin/release/make-release.ts';
import { repository } from '../../support/child-process.ts';

const Sbom = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  components: z.array(
    z.object({ 'bom-ref': z.string(), name: z.string(), version: z.string(), purl: z.string() }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

let dist: string;
let made: readonly string[];
let sbom: z.infer<typeof Sbom>;
beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), 'release-'));
  writeFileSync(join(dist, 'of-another-version'), '');
  made = makeRelease(dist);
  sbom = Sbom.parse(JSON.parse(readFileSync(join(dist, 'sbom.cdx.json'), 'utf8')));
});
afterAll(() => {
  rmSync(dist, { recursive: true });
});

/** As esbuild itself reports them, whatever the product makes of that: `minify` leaves out what no code needs. */
async function packagesIn(
  folder: string,
  { minify }: { readonly minify: boolean },
): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [join(repository, 'lambdas', folder, 'handler.ts')],
    absWorkingDir: repository,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify,
    write: false,
    metafile: true,
    outfile: 'out.mjs',
  });
  const names = Object.keys(metafile.outputs['out.mjs']?.inputs ?? {}).flatMap((path) => {
    const [scope = '', name] = path.split('node_modules/').at(-1)?.split('/') ?? [];
    if (!path.includes('node_modules/')) return [];
    return [scope.startsWith('@') ? `${scope}/${name}` : scope];
  });
  return [...new Set(names)].sort();
}

describe('a release', () => {
  test('has the bundles, what they are made of, their licenses and the target role', () => {
    expect([...made].sort()).toEqual([
      'LICENSE',
      'NOTICE',
      'SHA256SUMS',
      ...['chaos-experiment-control/LICENSES.txt', 'chaos-experiment-control/handler.mjs'],
      ...['chaos-experiment/LICENSES.txt', 'chaos-experiment/handler.mjs'],
      'chaos-janitor/LICENSES.txt',
      'chaos-janitor/handler.mjs',
      'chaos-monkey/LICENSES.txt',
      'chaos-monkey/handler.mjs',
      'chaos-notifier/LICENSES.txt',
      'chaos-notifier/handler.mjs',
      'chaos-target-role.yaml',
      'sbom.cdx.json',
    ]);
  });

  test('has nothing else, and the checksum of all of it', () => {
    const files = globSync('**/*', { cwd: dist }).filter((path) => statSync(join(dist, path)).isFile());
    expect(files.sort()).toEqual([...made].sort());
    const sums = readFileSync(join(dist, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    const expected = files
      .filter((path) => path !== 'SHA256SUMS')
      .map(
        (path) =>
          `${createHash('sha256')
            .update(readFileSync(join(dist, path)))
            .digest('hex')}  ${path}`,
      );
    expect(sums.sort()).toEqual(expected.sort());
  });

  test('is the same when it is made again', () => {
    const again = mkdtempSync(join(tmpdir(), 'release-'));
    try {
      makeRelease(again);
      const sums = [dist, again].map((folder) => readFileSync(join(folder, 'SHA256SUMS'), 'utf8'));
      expect(sums[1]).toBe(sums[0]);
    } finally {
      rmSync(again, { recursive: true });
    }
  });
});

describe('the software bill of materials', () => {
  const folders = ['chaos-janitor', 'chaos-monkey', 'chaos-notifier'];
  test.each(folders)('lists the packages in %s and no others', async (folder) => {
    const refs = sbom.dependencies.find(({ ref }) => ref === folder)?.dependsOn ?? [];
    const listed = refs.map((ref) => sbom.components.find((component) => component['bom-ref'] === ref)?.name);
    expect(listed).toEqual(expect.arrayContaining([...(await packagesIn(folder, { minify: true }))]));
    expect(await packagesIn(folder, { minify: false })).toEqual(expect.arrayContaining(listed));
    expect(listed.length).toBeGreaterThan(20);
  });

  test('has the versions of the lock file, and a package URL that scanners know', () => {
    const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
    for (const { name, version, purl } of sbom.components) {
      // A package may be installed in several versions, one within another.
      const installed = Object.entries<{ version: string }>(lock.packages)
        .filter(([path]) => `/${path}`.endsWith(`/node_modules/${name}`))
        .map(([, { version: each }]) => each);
      expect(installed).toContain(version);
      expect(decodeURIComponent(purl)).toBe(`pkg:npm/${name}@${version}`);
    }
  });

  test('has nothing that only builds or tests', () => {
    const names = sbom.components.map(({ name }) => name);
    for (const absent of ['esbuild', 'aws-cdk-lib', 'vitest', 'date-holidays'])
      expect(names).not.toContain(absent);
  });
});
