import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const source = fileURLToPath(new URL('../layer', import.meta.url));

/** The oldest runtime that the layer is for. */
export const oldestNode = 20;

/** Writes the failure layer's files into an existing folder, which becomes `/opt`. */
export function bundleLayer(outdir: string): void {
  const folder = join(outdir, 'chaos');
  mkdirSync(folder);
  buildSync({
    entryPoints: [join(source, 'hook.ts'), join(source, 'install.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What is not the runtime loads the hook alone.
    splitting: true,
    platform: 'node',
    target: `node${oldestNode}`,
    format: 'esm',
    minify: true,
    logLevel: 'silent',
  });
  for (const entry of ['module.mjs', 'commonjs.cjs']) copyFileSync(join(source, entry), join(folder, entry));
}
