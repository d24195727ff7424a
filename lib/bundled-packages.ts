import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** A package with code in a bundle. */
export interface BundledPackage extends z.infer<typeof Manifest> {
  /** Its LICENSE and NOTICE files. Some packages ship neither. */
  readonly texts: readonly string[];
}

/** Lists the packages in a bundle. The metafile's paths are relative to `root`. */
export function bundledPackages(metafile: Metafile, root: string): readonly BundledPackage[] {
  // Reads the outputs rather than the inputs: code removed by tree shaking does not ship.
  const paths = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = paths.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)].sort().map((folder) => bundledPackage(join(root, folder)));
}

function bundledPackage(folder: string): BundledPackage {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)/i.test(name));
  return {
    ...Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))),
    texts: names.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim()),
  };
}
