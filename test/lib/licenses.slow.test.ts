import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundle, handlerPath, listFunctionPackages } from '#lib/bundle.ts';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'licenses-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

function shipped(name: string): string {
  return readFileSync(join(outdir, name), 'utf8');
}

describe('the licenses of what is bundled', () => {
  test('are all ones that Apache-2.0 goes with, and that ask for no more than their text', () => {
    const packages = [...listFunctionPackages().values()].flat();
    const licenses = [...new Set(packages.map(({ license }) => license))].sort();
    expect(licenses).toEqual(['Apache-2.0', 'ISC', 'MIT', 'MIT-0']);
  });

  test('ship with the code, each text once, and name every package', () => {
    bundle({ entry: handlerPath('chaos-monkey'), outdir });
    const text = shipped('LICENSES.txt');
    const zod = readFileSync(new URL('../../node_modules/zod/LICENSE', import.meta.url), 'utf8').trim();
    expect(text.split(zod)).toHaveLength(2);
    for (const { name, version } of listFunctionPackages().get('chaos-monkey') ?? []) {
      expect(text).toContain(`\n${name} ${version} (`);
    }
  });

  test('ship as comments too, and not in what a cold start parses', () => {
    const entry = join(outdir, 'entry.js');
    writeFileSync(
      entry,
      '/*! Copyright of somebody else */\n/* of nobody */\nexport const handler = () => {};\n',
    );
    bundle({ entry, outdir });
    expect(shipped('LICENSES.txt')).toContain('Copyright of somebody else');
    expect(shipped('LICENSES.txt')).not.toContain('of nobody');
    expect(shipped('handler.mjs')).not.toContain('Copyright');
  });
});
