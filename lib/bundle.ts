import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Config } from '#core/config/config.ts';

export interface Bundle {
  /** The file that exports `handler`. */
  readonly entry: string;
  /** An existing folder; it gets `handler.mjs`. */
  readonly outdir: string;
  /** If given, it is laid beside the code as `chaos.config.json`: a thousand accounts are too much for an environment. */
  readonly config?: Config;
}

/** A Lambda function's code as it is deployed: one file with all that it needs, so that what runs is what was tested. */
export function bundle({ entry, outdir, config }: Bundle): void {
  buildSync({
    entryPoints: [entry],
    outfile: join(outdir, 'handler.mjs'),
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The ES module builds of the SDK can be tree-shaken; its CommonJS builds cannot.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    // Errors are thrown, with all that esbuild has to say.
    logLevel: 'silent',
  });
  if (config !== undefined) {
    writeFileSync(join(outdir, 'chaos.config.json'), JSON.stringify(config));
  }
}
