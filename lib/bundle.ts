import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Config } from '#core/config/config.ts';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';
import { licensesText } from './licenses-text.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface Bundle {
  /** The file that exports `handler`. */
  readonly entry: string;
  /** An existing folder; it gets `handler.mjs`, and the licenses of what is in it. */
  readonly outdir: string;
  /** If given, it is laid beside the code as `chaos.config.json`: a thousand accounts are too much for an environment. */
  readonly config?: Config;
}

/** A Lambda function's code as it is deployed: one file with all that it needs, so that what runs is what was tested. */
export function bundle({ entry, outdir, config }: Bundle): void {
  const { code, legalComments, packages } = build(entry);
  writeFileSync(join(outdir, 'handler.mjs'), code);
  writeFileSync(join(outdir, 'LICENSES.txt'), licensesText(packages, legalComments));
  if (config !== undefined) {
    writeFileSync(join(outdir, 'chaos.config.json'), JSON.stringify(config));
  }
}

/** The folders under `lambdas/` to the packages that have code in their functions. */
export function packagesOfFunctions(): ReadonlyMap<string, readonly BundledPackage[]> {
  const folders = readdirSync(join(root, 'lambdas')).sort();
  return new Map(folders.map((folder) => [folder, build(entryOf(folder)).packages]));
}

/** The file that exports the handler of the function in this folder under `lambdas/`. */
export function entryOf(folder: string): string {
  return join(root, 'lambdas', folder, 'handler.ts');
}

function build(entry: string) {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [entry],
    outfile: 'handler.mjs',
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The ES module builds of the SDK can be tree-shaken; its CommonJS builds cannot.
    mainFields: ['module', 'main'],
    minify: true,
    // Apart from the code: they ship with it, and a cold start does not parse them.
    legalComments: 'external',
    write: false,
    metafile: true,
    // Errors are thrown, with all that esbuild has to say.
    logLevel: 'silent',
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return {
    code: textOf('.mjs'),
    // There is no such file where there are no such comments.
    legalComments: textOf('.LEGAL.txt'),
    packages: bundledPackages(metafile, root),
  };
}
