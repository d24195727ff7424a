import { createHash } from 'node:crypto';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, handlerPath, listFunctionPackages } from '#lib/bundle.ts';
import { billOfMaterials } from './bill-of-materials.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copied = ['LICENSE', 'NOTICE', 'target-role/chaos-target-role.yaml'];
const checksums = 'SHA256SUMS';

/**
 * Recreates the folder and returns the paths in it. The same commit gives the same bytes on every machine, so that anybody can verify
 * a release, or a deployed function, by building it again.
 */
export function makeRelease(outdir: string): readonly string[] {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const functions = listFunctionPackages();
  for (const folder of functions.keys()) {
    mkdirSync(join(outdir, folder));
    bundle({ entry: handlerPath(folder), outdir: join(outdir, folder) });
  }
  for (const path of copied) copyFileSync(join(root, path), join(outdir, basename(path)));
  writeFileSync(join(outdir, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(functions), null, 2)}\n`);

  const paths = listFiles(outdir);
  writeFileSync(
    join(outdir, checksums),
    paths.map((path) => `${sha256(join(outdir, path))}  ${path}\n`).join(''),
  );
  return [...paths, checksums];
}

function listFiles(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
