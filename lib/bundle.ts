import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import type { Config } from '#core/config/config.ts';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';
import { licensesText } from './licenses-text.ts';
import { withLiteralKeys } from './literal-keys.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface Bundle {
  /** The file that exports `handler`. */
  readonly entry: string;
  /** An existing folder for `handler.mjs` and the licenses of its contents. */
  readonly outdir: string;
  /** Written next to the code as `chaos.config.json`: a thousand accounts do not fit into an environment. */
  readonly config?: Config;
}

/** Bundles a Lambda function for deployment into one file with all dependencies: what runs is what was tested. */
export function bundle({ entry, outdir, config }: Bundle): void {
  const { code, legalComments, packages } = build(entry);
  writeFileSync(join(outdir, 'handler.mjs'), code);
  writeFileSync(join(outdir, 'LICENSES.txt'), licensesText(packages, legalComments));
  if (config !== undefined) {
    writeFileSync(join(outdir, 'chaos.config.json'), JSON.stringify(config));
  }
}

/** The packages bundled into each function, by folder under `lambdas/`. */
export function listFunctionPackages(): ReadonlyMap<string, readonly BundledPackage[]> {
  // One holds what they share.
  const folders = readdirSync(join(root, 'lambdas')).filter((folder) => existsSync(handlerPath(folder)));
  return new Map(folders.sort().map((folder) => [folder, build(handlerPath(folder)).packages]));
}

/** The file that exports the handler of the function in this folder under `lambdas/`. */
export function handlerPath(folder: string): string {
  return join(root, 'lambdas', folder, 'handler.ts');
}

const output = { target: 'node24', format: 'esm' } as const;

function build(entry: string) {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [entry],
    outfile: 'handler.mjs',
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    ...output,
    // The ES module builds of the SDK can be tree-shaken; its CommonJS builds cannot.
    mainFields: ['module', 'main'],
    // For Node this package names its CommonJS build, which in a bundle that is an ES module cannot require what is Node's.
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    // In a separate file: they ship with the code, but a cold start does not parse them.
    legalComments: 'external',
    write: false,
    metafile: true,
    // Errors are thrown, with esbuild's full message.
    logLevel: 'silent',
  });
  const findText = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return {
    code: transformSync(withLiteralKeys(findText('.mjs')), { ...output, minify: true, treeShaking: true })
      .code,
    // Missing if there are no such comments.
    legalComments: findText('.LEGAL.txt'),
    packages: bundledPackages(metafile, root),
  };
}
